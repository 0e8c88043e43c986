package ai.kubiya.server.source;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The wire shape of a source (contract, section 5), the same on both surfaces. */
final class SourceJson {
    private SourceJson() {}

    static ObjectNode of(Source source) {
        return of(source, List.of());
    }

    static ObjectNode of(Source source, List<? extends JsonNode> tools) {
        ObjectNode json = Json.object()
                .put("id", source.id().toString())
                .put("uuid", source.id().toString())
                .put("name", source.name())
                .put("url", source.url() == null ? "" : source.url())
                .put("branch", source.branch() == null ? "" : source.branch())
                .put("commit", source.commit() == null ? "" : source.commit())
                .put("type", source.type().wireName())
                .put("status", source.status())
                .put("runner", source.runner());
        json.set("dynamic_config", source.dynamicConfig());
        ArrayNode toolArray = json.putArray("tools");
        tools.forEach(toolArray::add);
        json.set("inline_tools", source.inlineTools());
        json.set("inline_workflows", source.inlineWorkflows());
        json.set("workflows", source.workflows());
        json.set("errors", source.errors());
        json.put("errors_count", source.errors().size())
                .put("connected_agents_count", source.agents())
                .put("connected_tools_count", source.tools())
                .put("connected_workflows_count", source.workflows().size())
                .put("last_synced_at", Json.time(source.lastSyncedAt()))
                .put("created_at", Json.time(source.createdAt()))
                .put("updated_at", Json.time(source.updatedAt()))
                .put("managed_by", source.managedBy())
                .put("task_id", source.taskId());
        json.putObject("kubiya_metadata")
                .put("created_at", Json.time(source.createdAt()))
                .put("last_updated", Json.time(source.updatedAt()))
                .put("user_created", source.createdBy())
                .put("user_last_updated", source.updatedBy());
        json.set("metadata", source.metadata());
        return json;
    }

    /** The fields that a client may change, as it would send them. */
    static ObjectNode writable(Source source) {
        ObjectNode json = of(source);
        json.remove(SourceInput.READ_ONLY);
        List.of("url", "branch").stream()
                .filter(name -> json.path(name).asText().isEmpty())
                .forEach(json::remove);
        return json;
    }

    /** The only error of a source that could not be read at all. */
    static ArrayNode errors(String type, String reason) {
        ArrayNode errors = Json.array();
        errors.addObject()
                .put("file", "")
                .put("type", type)
                .put("error", reason)
                .put("traceback", "");
        return errors;
    }
}

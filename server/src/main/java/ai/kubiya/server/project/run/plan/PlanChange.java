package ai.kubiya.server.project.run.plan;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One change of a plan as we show it: {@code resource_id}, {@code action}, {@code before}, {@code after}, masked. */
final class PlanChange {
    private static final Map<String, String> ACTIONS = Map.of(
            "[\"create\"]", "create",
            "[\"update\"]", "update",
            "[\"delete\"]", "delete",
            "[\"read\"]", "read",
            "[\"forget\"]", "forget",
            "[\"delete\",\"create\"]", "replace",
            "[\"create\",\"delete\"]", "replace");

    private PlanChange() {}

    /** Empty when nothing changes. */
    static Optional<ObjectNode> of(JsonNode resource) {
        JsonNode change = resource.path("change");
        String action = ACTIONS.get(change.path("actions").toString());
        boolean imported = change.has("importing");
        boolean moved = resource.has("previous_address");
        if (action == null && !imported && !moved) {
            return Optional.empty();
        }
        ObjectNode json = Json.object()
                .put("resource_id", resource.path("address").asText())
                .put("action", action == null ? (imported ? "import" : "move") : action)
                .put("type", resource.path("type").asText())
                .put("name", resource.path("name").asText())
                .put("provider", resource.path("provider_name").asText())
                .put("module", resource.path("module_address").asText(""))
                .put("reason", resource.path("action_reason").asText(""));
        json.put("previous_id", moved ? resource.path("previous_address").asText() : null);
        json.set("before", before(change));
        json.set("after", after(change));
        json.set("replaced_because", paths(change.path("replace_paths")));
        return Optional.of(json);
    }

    static JsonNode before(JsonNode change) {
        return PlanMask.replace(change.path("before"), change.path("before_sensitive"), PlanMask.SENSITIVE);
    }

    static JsonNode after(JsonNode change) {
        JsonNode known = PlanMask.replace(change.path("after"), change.path("after_unknown"), PlanMask.UNKNOWN);
        return PlanMask.replace(known, change.path("after_sensitive"), PlanMask.SENSITIVE);
    }

    private static JsonNode paths(JsonNode paths) {
        List<String> words = paths.valueStream()
                .map(path -> String.join(
                        ".", path.valueStream().map(JsonNode::asText).toList()))
                .toList();
        return Json.array(words);
    }
}

package ai.kubiya.server.knowledge;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.TreeMap;
import java.util.UUID;

/** The wire shapes of entries and versions: both spellings in one object, since no name has two meanings. */
public final class KnowledgeJson {
    private KnowledgeJson() {}

    public static ObjectNode of(KnowledgeEntry entry) {
        Restrictions restrictions = entry.restrictions();
        ObjectNode json = Json.object()
                .put("id", entry.id().toString())
                .put("uuid", entry.id().toString())
                .put("version", entry.version());
        addText(json, entry.text(), entry.whole(), entry.contentHash());
        json.put("source", entry.source());
        json.putObject("metadata")
                .put("source", entry.source())
                .put("format", entry.format())
                .put("size_bytes", entry.sizeBytes());
        json.put("visibility", restrictions.visibility().wireName())
                .put("owner", restrictions.owner().toString());
        json.set("groups", ids(restrictions.groups()));
        json.set("supported_agents", ids(restrictions.agents()));
        json.set("supported_agents_groups", ids(restrictions.agentsGroups()));
        return json.put("managed_by", entry.managedBy())
                .put("task_id", entry.taskId())
                .put("created_by", entry.createdBy())
                .put("updated_by", entry.updatedBy())
                .put("created_at", Json.time(entry.createdAt()))
                .put("updated_at", Json.time(entry.updatedAt()));
    }

    static ObjectNode of(KnowledgeEntry.Version version) {
        ObjectNode json =
                Json.object().put("knowledge_id", version.entry().toString()).put("version", version.version());
        addText(json, version.text(), version.whole(), version.contentHash());
        return json.put("size_bytes", version.sizeBytes())
                .put("restored_from", version.restoredFrom())
                .put("created_by", version.createdBy())
                .put("created_at", Json.time(version.createdAt()));
    }

    private static void addText(ObjectNode json, KnowledgeText text, boolean whole, String contentHash) {
        json.put("name", text.name()).put("title", text.name()).put("description", text.description());
        if (whole) {
            json.put("content", text.content());
        }
        json.put("content_hash", contentHash);
        json.set("labels", Json.array(text.labels()));
        json.set("tags", Json.array(text.labels()));
        json.put("type", text.type());
        ObjectNode properties = json.putObject("properties");
        new TreeMap<>(text.properties()).forEach(properties::put);
    }

    public static ArrayNode ids(Collection<UUID> ids) {
        return Json.array(ids.stream().map(UUID::toString).toList());
    }
}

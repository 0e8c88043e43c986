package ai.kubiya.server.knowledge.folder;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.knowledge.KnowledgeJson;
import ai.kubiya.server.knowledge.Restrictions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a source as its row says.
 *
 * @param restrictions whom its entries are for when they are made
 * @param caller in whose name it is synced
 * @param errors a list of files and what is wrong with them
 * @param lastSync how many files were what
 * @param entries how many it has now
 * @param changes counts its syncs
 */
record Folder(
        UUID id,
        UUID organizationId,
        UUID sourceId,
        String path,
        List<String> labels,
        Restrictions restrictions,
        JsonNode caller,
        String status,
        @Nullable String commit,
        JsonNode errors,
        JsonNode lastSync,
        int entries,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant syncedAt,
        long changes) {
    Folder {
        labels = List.copyOf(labels);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("id", id.toString())
                .put("uuid", id.toString())
                .put("source_id", sourceId.toString())
                .put("path", path)
                .put("status", status)
                .put("commit", commit)
                .put("entries", entries);
        json.set("labels", Json.array(labels));
        json.put("visibility", restrictions.visibility().wireName())
                .put("owner", restrictions.owner().toString());
        json.set("groups", KnowledgeJson.ids(restrictions.groups()));
        json.set("supported_agents", KnowledgeJson.ids(restrictions.agents()));
        json.set("supported_agents_groups", KnowledgeJson.ids(restrictions.agentsGroups()));
        json.set("errors", errors);
        json.set("last_sync", lastSync);
        return json.put("synced_at", syncedAt == null ? null : Json.time(syncedAt))
                .put("created_by", createdBy)
                .put("created_at", Json.time(createdAt))
                .put("updated_at", Json.time(updatedAt));
    }
}

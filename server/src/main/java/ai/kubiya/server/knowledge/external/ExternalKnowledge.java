package ai.kubiya.server.knowledge.external;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Channels at a vendor.
 *
 * @param userEmail who declared them
 * @param changes counts its changes
 */
record ExternalKnowledge(
        UUID id,
        UUID organizationId,
        String vendor,
        List<String> channelIds,
        String userEmail,
        Instant createdAt,
        Instant updatedAt,
        long changes) {
    ExternalKnowledge {
        channelIds = List.copyOf(channelIds);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("uuid", id.toString())
                .put("id", id.toString())
                .put("org", organizationId.toString())
                .put("user_email", userEmail)
                .put("integration_type", vendor);
        json.set("channel_ids", Json.array(channelIds));
        return json.put("start_date", Json.time(createdAt))
                .put("created_at", Json.time(createdAt))
                .put("updated_at", Json.time(updatedAt));
    }
}

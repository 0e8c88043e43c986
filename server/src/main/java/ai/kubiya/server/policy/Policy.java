package ai.kubiya.server.policy;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/**
 * A policy as its row says.
 *
 * @param createdBy email of the user who made it
 * @param version counts its changes
 */
record Policy(
        UUID id,
        UUID organizationId,
        PolicyDefinition definition,
        String createdBy,
        String updatedBy,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    String name() {
        return definition.name();
    }

    /** The wire shape of the documented surface. */
    ObjectNode toJson() {
        ObjectNode json = Json.object().put("id", id.toString()).put("uuid", id.toString());
        json.setAll(definition.toJson());
        return json.put("created_by", createdBy)
                .put("updated_by", updatedBy)
                .put("created_at", Json.time(createdAt))
                .put("updated_at", Json.time(updatedAt));
    }
}

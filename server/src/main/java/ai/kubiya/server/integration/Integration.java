package ai.kubiya.server.integration;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/**
 * An integration as its row says, without the values of its credentials.
 *
 * @param createdBy email of the user who made it
 * @param version counts its changes
 */
public record Integration(
        UUID id,
        UUID organizationId,
        IntegrationDefinition definition,
        String createdBy,
        String updatedBy,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    public String name() {
        return definition.name();
    }

    /** The wire form. */
    ObjectNode toJson() {
        return complete(definition.toJson(true));
    }

    /** The wire form without configurations: for those who may know that it is there, and no more. */
    public ObjectNode summary() {
        return complete(definition.summary());
    }

    private ObjectNode complete(ObjectNode fields) {
        ObjectNode json = Json.object().put("id", id.toString()).put("uuid", id.toString());
        json.setAll(fields);
        return json.put("created_by", createdBy)
                .put("updated_by", updatedBy)
                .put("created_at", Json.time(createdAt))
                .put("updated_at", Json.time(updatedAt));
    }
}

package ai.kubiya.server.agent;

import ai.kubiya.server.access.Audience;
import java.time.Instant;
import java.util.UUID;

/**
 * An agent as its row says.
 *
 * @param createdBy email of the user who made it
 * @param version counts its changes
 */
public record Agent(
        UUID id,
        UUID organizationId,
        String organizationName,
        AgentDefinition definition,
        String createdBy,
        String updatedBy,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    public String name() {
        return definition.name();
    }

    /** Whom it talks to. */
    public Audience audience() {
        return new Audience(definition.allowedUsers(), definition.allowedGroups());
    }
}

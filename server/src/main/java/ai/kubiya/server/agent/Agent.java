package ai.kubiya.server.agent;

import java.time.Instant;
import java.util.UUID;

/**
 * An agent as its row says.
 *
 * @param createdBy email of the user who made it
 */
public record Agent(
        UUID id,
        UUID organizationId,
        String organizationName,
        AgentDefinition definition,
        String createdBy,
        String updatedBy,
        Instant createdAt,
        Instant updatedAt) {

    public String name() {
        return definition.name();
    }
}

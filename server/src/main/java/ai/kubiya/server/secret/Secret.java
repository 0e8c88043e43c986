package ai.kubiya.server.secret;

import java.time.Instant;
import java.util.UUID;

/**
 * A secret without its value.
 *
 * @param createdBy email of the user who made it
 * @param version counts its changes
 */
public record Secret(
        UUID id,
        UUID organizationId,
        String name,
        String description,
        String managedBy,
        String taskId,
        String createdBy,
        String updatedBy,
        Instant createdAt,
        Instant updatedAt,
        long version) {}

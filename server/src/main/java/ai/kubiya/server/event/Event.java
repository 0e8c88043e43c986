package ai.kubiya.server.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened, as its row says; see {@link NewEvent} for what is in it.
 *
 * @param position rises from the earlier to the later; it has gaps
 */
public record Event(
        UUID id,
        long position,
        UUID organizationId,
        String type,
        String resourceType,
        String resourceId,
        ObjectNode data,
        Instant occurredAt) {}

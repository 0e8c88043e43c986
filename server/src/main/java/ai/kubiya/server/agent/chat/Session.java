package ai.kubiya.server.agent.chat;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as its row says.
 *
 * @param agentId null once the agent is gone
 * @param severalAgents whether it went on with another agent than it began with
 * @param title the first line of what was said first, unless the user gave one
 * @param turnId the current or the last turn, if any
 * @param busy whether that turn is going on
 * @param messages how many messages it has
 */
public record Session(
        UUID id,
        UUID organizationId,
        @Nullable UUID agentId,
        String agentName,
        boolean severalAgents,
        UUID userId,
        String userEmail,
        String title,
        @Nullable UUID turnId,
        boolean busy,
        long messages,
        Instant createdAt,
        Instant updatedAt) {}

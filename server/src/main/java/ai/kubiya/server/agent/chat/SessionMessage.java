package ai.kubiya.server.agent.chat;

import ai.kubiya.server.model.ModelMessage;
import ai.kubiya.server.model.ModelUsage;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation.
 *
 * @param seq 1 for the first
 * @param turnId the turn that it belongs to; null for history that a client brought along
 * @param usage what the model step cost that made it
 */
public record SessionMessage(
        long seq,
        String messageId,
        ModelMessage message,
        @Nullable UUID turnId,
        ModelUsage usage,
        Instant createdAt) {}

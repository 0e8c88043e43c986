package ai.kubiya.server.webhook.delivery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as its row says.
 *
 * @param attempts how often it was tried
 * @param tries how often since somebody last asked for it
 * @param nextAttemptAt null when it is over, or waits for an earlier one about the same resource
 * @param expiresAt when it is given up
 * @param last the last attempt; null when there was none yet
 */
public record Delivery(
        UUID id,
        UUID organizationId,
        UUID webhookId,
        Cargo cargo,
        UUID eventId,
        String eventType,
        String resource,
        String payload,
        DeliveryStatus status,
        int attempts,
        int tries,
        @Nullable Instant nextAttemptAt,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant finishedAt,
        @Nullable Attempt last) {}

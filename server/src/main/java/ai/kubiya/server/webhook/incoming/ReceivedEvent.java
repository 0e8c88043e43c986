package ai.kubiya.server.webhook.incoming;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as its row says.
 *
 * @param headers by lower-case name, without credentials
 * @param payload as it came
 * @param replayOf the event that this one is again
 * @param message why it failed
 */
public record ReceivedEvent(
        UUID id,
        UUID organizationId,
        UUID webhookId,
        Map<String, String> headers,
        String payload,
        EventOrigin origin,
        @Nullable UUID replayOf,
        EventStatus status,
        @Nullable String message,
        @Nullable UUID sessionId,
        @Nullable UUID executionId,
        int attempts,
        Instant receivedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {}

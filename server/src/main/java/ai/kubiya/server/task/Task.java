package ai.kubiya.server.task;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.StoredCaller;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as its row says.
 *
 * @param caller see {@link StoredCaller}
 * @param attempt how often it was begun
 * @param executionId of the last attempt
 * @param notBefore when the next attempt is due; null when none is
 * @param version counts changes
 */
public record Task(
        UUID id,
        UUID organizationId,
        TaskDefinition definition,
        ObjectNode caller,
        UUID createdBy,
        String creatorEmail,
        @Nullable UUID agentId,
        TaskStatus status,
        int attempt,
        @Nullable UUID executionId,
        @Nullable Instant notBefore,
        @Nullable UUID scheduleId,
        @Nullable Instant scheduledFor,
        @Nullable String output,
        @Nullable String error,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Instant cancelledAt,
        @Nullable String cancelledBy,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** In whose name it runs; ask whether that user is still there. */
    Caller asked() {
        return StoredCaller.of(organizationId, createdBy, caller);
    }
}

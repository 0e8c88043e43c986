package ai.kubiya.server.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of a tool, one turn of an agent, or something else that runs, as its row says.
 *
 * @param subject the tool's or agent's name
 * @param spec everything needed to run it, without secret values
 * @param attempt how often it was handed to a runner
 * @param errorCode a fixed word when it ended badly, such as {@code timed_out}
 * @param lastSeq number of its last event
 * @param parentId the execution that started it, if any
 * @param taskId the task that it is an attempt of, if any
 */
public record Execution(
        UUID id,
        UUID organizationId,
        Kind kind,
        String subject,
        String runner,
        ObjectNode spec,
        Status status,
        int attempt,
        @Nullable Instant cancelRequestedAt,
        @Nullable String cancelledBy,
        @Nullable UUID sessionId,
        UUID createdBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Integer exitCode,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        @Nullable Long durationMillis,
        long outputBytes,
        long droppedBytes,
        long lastSeq,
        @Nullable UUID parentId,
        @Nullable UUID taskId) {}

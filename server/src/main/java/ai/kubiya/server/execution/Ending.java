package ai.kubiya.server.execution;

import org.jspecify.annotations.Nullable;

/**
 * How an execution ends.
 *
 * @param errorCode null when it completed
 */
public record Ending(
        Status status,
        @Nullable Integer exitCode,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        @Nullable Long durationMillis,
        long outputBytes,
        long droppedBytes) {

    public static Ending completed() {
        return new Ending(Status.COMPLETED, null, null, null, null, 0, 0);
    }

    public static Ending of(Status status, String errorCode, String errorMessage) {
        return new Ending(status, null, errorCode, errorMessage, null, 0, 0);
    }
}

package ai.kubiya.protocol;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param exitCode the process's exit code, 128 + signal when a signal ended it; null when it never started
 * @param message a sentence for people when the result is not {@link Result#COMPLETED}
 * @param durationMillis from the start of the process to its end
 * @param outputBytes what the tool printed, kept or not
 * @param droppedBytes what was printed and not kept
 */
public record RunOutcome(
        Result result,
        @Nullable Integer exitCode,
        @Nullable String message,
        long durationMillis,
        long outputBytes,
        long droppedBytes) {
    public RunOutcome {
        requireNonNull(result, "result");
    }

    /** Why a run ended; the wire name is the lower-case name. */
    public enum Result {
        /** Exit code 0. */
        COMPLETED,
        /** Another exit code. */
        FAILED,
        /** Somebody cancelled it. */
        CANCELLED,
        /** {@link RunLimits#timeout()} was over. */
        TIMED_OUT,
        /** {@link RunLimits#memoryBytes()} was crossed. */
        OUT_OF_MEMORY,
        /** {@link RunLimits#processes()} was crossed. */
        TOO_MANY_PROCESSES,
        /** {@link RunLimits#diskBytes()} was crossed. */
        OUT_OF_DISK,
        /** It could not be started: bad template, missing engine, image that cannot be pulled. */
        NOT_STARTED
    }
}

package ai.kubiya.runner.executor;

import ai.kubiya.runner.limit.LimitHit;
import org.jspecify.annotations.Nullable;

/**
 * What a command that ran to its end printed.
 *
 * @param stdout as UTF-8, at most as many bytes as the output limit
 * @param stdoutComplete false when it printed more
 * @param stderr the end of it, at most {@value Capture#STDERR_BYTES} bytes
 * @param stoppedBy the limit that stopped it, or null
 */
public record Captured(
        int exitCode,
        String stdout,
        boolean stdoutComplete,
        String stderr,
        @Nullable LimitHit stoppedBy) {}

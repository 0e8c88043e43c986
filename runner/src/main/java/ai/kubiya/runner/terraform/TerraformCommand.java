package ai.kubiya.runner.terraform;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.runner.executor.RunningTool;
import ai.kubiya.runner.limit.LimitHit;
import ai.kubiya.runner.output.KeptOutput;
import ai.kubiya.runner.output.OutputReaders;
import ai.kubiya.runner.output.SecretMask;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stays with one command of Terraform until it ends. */
final class TerraformCommand {
    private static final long LOOK_MILLIS = 20;

    private final RunningTool tool;
    private final Process process;
    private final TerraformStop stop;
    private final long deadline;
    private final RunLimits limits;
    private final Duration grace;

    /**
     * How it ended.
     *
     * @param stoppedBy null when it ended by itself
     */
    record End(
            int exitCode,
            @Nullable Result stoppedBy,
            @Nullable String message) {}

    /**
     * Takes a command over that was started.
     *
     * @param deadline when the whole job's time is over, in nanoseconds of this machine
     */
    TerraformCommand(RunningTool tool, TerraformStop stop, long deadline, RunLimits limits, Duration grace) {
        this.tool = tool;
        this.process = tool.process();
        this.stop = stop;
        this.deadline = deadline;
        this.limits = limits;
        this.grace = grace;
    }

    End attend(SecretMask mask, KeptOutput output) throws InterruptedException {
        try (OutputReaders readers = new OutputReaders(process, mask, output)) {
            Optional<LimitHit> hit = awaitEnd();
            boolean interrupted = stop.reason() != null;
            // Nothing that it left in the background holds its output open.
            tool.kill();
            readers.awaitEnd();
            int exitCode = process.waitFor();
            Optional<LimitHit> limit = hit.or(() -> exitCode == 0 ? Optional.empty() : tool.checkAfterEnd(false));
            if (limit.isPresent()) {
                return new End(exitCode, limit.get().result(), limit.get().message());
            }
            TerraformStop.Reason reason = stop.reason();
            if (interrupted && reason != null && exitCode != 0) {
                return new End(exitCode, Result.CANCELLED, reason.words());
            }
            return new End(
                    exitCode,
                    null,
                    exitCode == 0 ? null : tool.startFailure(exitCode).orElse(null));
        } finally {
            tool.kill();
        }
    }

    private Optional<LimitHit> awaitEnd() throws InterruptedException {
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (stop.reason() != null) {
                interrupt();
                return Optional.empty();
            }
            if (System.nanoTime() - deadline > 0) {
                interrupt();
                return Optional.of(LimitHit.time(limits));
            }
            Optional<LimitHit> hit = tool.check();
            if (hit.isPresent()) {
                // It is using what others need: no time to say goodbye.
                tool.kill();
                process.waitFor();
                return hit;
            }
        }
        return Optional.empty();
    }

    /** As Ctrl-C does: Terraform lets end what it is doing, and writes the state. */
    private void interrupt() throws InterruptedException {
        tool.interrupt();
        long end = System.nanoTime() + grace.toNanos();
        while (System.nanoTime() - end < 0 && !stop.isHard()) {
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        tool.kill();
        process.waitFor();
    }
}

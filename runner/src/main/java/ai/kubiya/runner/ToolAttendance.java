package ai.kubiya.runner;

import ai.kubiya.protocol.RunOutcome;
import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.protocol.ToolRun;
import ai.kubiya.runner.executor.RunningTool;
import ai.kubiya.runner.limit.LimitHit;
import ai.kubiya.runner.output.KeptOutput;
import ai.kubiya.runner.output.LineReader;
import ai.kubiya.runner.output.OutputReaders;
import ai.kubiya.runner.output.OutputSink;
import ai.kubiya.runner.output.SecretMask;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stays with a tool that was started until it has ended: reads what it prints, watches its limits, stops it. */
final class ToolAttendance {
    private static final long LOOK_MILLIS = 50;

    private final RunningTool tool;
    private final Process process;
    private final ToolRun run;
    private final StopSignal signal;
    private final SecretMask mask;
    private final KeptOutput output;
    private final Duration grace;
    private final long start = System.nanoTime();
    private boolean stopped;

    ToolAttendance(
            RunningTool tool,
            ToolRun run,
            StopSignal signal,
            SecretMask mask,
            OutputSink events,
            InstantSource clock,
            Duration grace) {
        this.tool = tool;
        this.process = tool.process();
        this.run = run;
        this.signal = signal;
        this.mask = mask;
        this.grace = grace;
        this.output = new KeptOutput(events, clock, run.limits().outputBytes());
    }

    RunOutcome attend() throws InterruptedException {
        try (OutputReaders readers = new OutputReaders(process, mask, output)) {
            LimitHit hit = waitForEnd();
            long millis = (System.nanoTime() - start) / 1_000_000;
            tool.kill();
            readers.awaitEnd();
            return outcome(hit, process.waitFor(), millis, readers.stderr());
        } finally {
            tool.kill();
        }
    }

    private @Nullable LimitHit waitForEnd() throws InterruptedException {
        long timeout = run.limits().timeout().toNanos();
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (signal.reason() != null) {
                stopped = true;
                stop();
                return null;
            }
            Optional<LimitHit> hit =
                    System.nanoTime() - start > timeout ? Optional.of(LimitHit.time(run.limits())) : tool.check();
            if (hit.isPresent()) {
                stopFor(hit.get());
                return hit.get();
            }
        }
        return null;
    }

    private void stopFor(LimitHit hit) throws InterruptedException {
        if (hit.result() == Result.TIMED_OUT) {
            stop();
        } else {
            // It is using what others need: no time to say goodbye.
            tool.kill();
            process.waitFor();
        }
    }

    private void stop() throws InterruptedException {
        if (signal.reason() != StopSignal.Reason.ABANDONED) {
            tool.terminate();
            if (process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        tool.kill();
        process.waitFor();
    }

    private RunOutcome outcome(@Nullable LimitHit hit, int exitCode, long millis, LineReader stderr) {
        // A tool that ended by itself while somebody cancelled it has ended by itself.
        StopSignal.Reason reason = stopped ? signal.reason() : null;
        LimitHit limit = hit != null || reason != null
                ? hit
                : tool.checkAfterEnd(exitCode != 0 && stderr.saidDiskFull()).orElse(null);
        if (limit != null) {
            return outcome(limit.result(), exitCode, limit.message(), millis);
        }
        if (reason != null) {
            return outcome(Result.CANCELLED, exitCode, reason.message, millis);
        }
        if (exitCode == 0) {
            return outcome(Result.COMPLETED, exitCode, null, millis);
        }
        Optional<String> failure = tool.startFailure(exitCode);
        if (failure.isPresent()) {
            String said = stderr.lastText();
            return outcome(Result.NOT_STARTED, null, failure.get() + (said.isEmpty() ? "" : ": " + said), millis);
        }
        return outcome(Result.FAILED, exitCode, "the tool ended with exit code " + exitCode, millis);
    }

    private RunOutcome outcome(Result result, @Nullable Integer exitCode, @Nullable String message, long millis) {
        String masked = message == null ? null : mask.mask(message);
        return new RunOutcome(result, exitCode, masked, millis, output.printedBytes(), output.droppedBytes());
    }
}

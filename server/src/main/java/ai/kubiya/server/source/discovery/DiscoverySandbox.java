package ai.kubiya.server.source.discovery;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.protocol.RunOutcome;
import ai.kubiya.runner.executor.Captured;
import ai.kubiya.runner.executor.NotStartedException;
import ai.kubiya.runner.executor.Sandbox;
import ai.kubiya.runner.executor.SandboxCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Lets discovery import Python modules in the same sandbox that tools run in. */
public final class DiscoverySandbox implements PythonSandbox {
    private static final int PROCESSES = 128;
    private static final long DISK_BYTES = 256L << 20;
    private static final long OUTPUT_BYTES = 64L << 20;

    private final Sandbox sandbox;

    public DiscoverySandbox(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public Result run(
            List<String> command, Map<Path, String> readOnlyBinds, byte[] stdin, Duration timeout, long memoryBytes) {
        SandboxCommand run = SandboxCommand.of(command.toArray(String[]::new))
                .withReadOnly(readOnlyBinds)
                .withStdin(new String(stdin, StandardCharsets.UTF_8))
                .withLimits(new RunLimits(timeout, memoryBytes, PROCESSES, DISK_BYTES, OUTPUT_BYTES));
        try {
            Captured captured = sandbox.capture(run);
            return new Result(
                    captured.exitCode(),
                    captured.stdout().getBytes(StandardCharsets.UTF_8),
                    captured.stderr(),
                    stopped(captured));
        } catch (NotStartedException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("the server is stopping", e));
        }
    }

    private static Stopped stopped(Captured captured) {
        if (captured.stoppedBy() == null) {
            return captured.stdoutComplete() ? Stopped.NOTHING : Stopped.OUTPUT;
        }
        return captured.stoppedBy().result() == RunOutcome.Result.OUT_OF_MEMORY ? Stopped.MEMORY : Stopped.TIMEOUT;
    }
}

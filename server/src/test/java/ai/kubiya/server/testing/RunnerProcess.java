package ai.kubiya.server.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A remote runner in a process of its own, for tests that kill it. Its tools run in sandboxes. */
public final class RunnerProcess implements AutoCloseable {
    private static final String UP = "is up";

    private final Process process;
    private final BufferedReader out;
    private final Path errors;

    private RunnerProcess(Process process, Path errors) {
        this.process = process;
        this.out = process.inputReader();
        this.errors = errors;
    }

    /**
     * Starts.
     *
     * @param state its directory; the same again is the same runner started again
     */
    public static RunnerProcess start(String url, String token, Path state, String... flags) {
        return start(url, token, state, Map.of(), flags);
    }

    /** As {@link #start(String, String, Path, String...)}, with settings that have no flag. */
    public static RunnerProcess start(
            String url, String token, Path state, Map<String, String> settings, String... flags) {
        try {
            List<String> command = JavaProgram.command(128, "ai.kubiya.runner.Main");
            command.addAll(List.of("--url", url, "--state", state.toString(), "--executor", "sandbox"));
            command.addAll(List.of(flags));
            Path errors = Files.createTempFile("runner-", ".log");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            Map<String, String> environment = builder.environment();
            environment.keySet().removeIf(name -> name.startsWith("KUBIYA_"));
            environment.putAll(settings);
            if (!token.isEmpty()) {
                environment.put("KUBIYA_RUNNER_TOKEN", token);
            }
            return new RunnerProcess(builder.start(), errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has registered. */
    public RunnerProcess awaitUp() {
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.endsWith(UP)) {
                    return this;
                }
            }
            throw new AssertionError("the runner ended before it was up: " + errors());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a crash would: without a chance to say goodbye. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for its end and answers its exit code. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the runner does not end: " + errors());
        }
        return process.exitValue();
    }

    /** What it logged. */
    public String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

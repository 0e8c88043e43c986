package ai.kubiya.server.runner;

import ai.kubiya.runner.remote.RunnerOptions;
import ai.kubiya.runner.remote.RunnerProgram;
import ai.kubiya.server.testing.ApiClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A remote runner in this process: the same program, started as a library. Its tools run in sandboxes. */
final class RemoteRunner implements AutoCloseable {
    private final RunnerProgram program;
    private final BufferedReader out;
    private final CompletableFuture<RunnerProgram.Exit> exit = new CompletableFuture<>();

    private RemoteRunner(RunnerOptions options) throws IOException {
        PipedOutputStream pipe = new PipedOutputStream();
        out = new BufferedReader(new InputStreamReader(new PipedInputStream(pipe), StandardCharsets.UTF_8));
        program = new RunnerProgram(options, "test", new PrintStream(pipe, true, StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().name("remote-runner").start(() -> {
            try (pipe) {
                exit.complete(program.run());
            } catch (RunnerProgram.Failure | IOException e) {
                exit.completeExceptionally(e);
            }
        });
    }

    /** Starts with flags besides url, token and state directory. */
    static RemoteRunner start(String url, String token, Path state, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("--url", url, "--state", state.toString()));
        arguments.addAll(List.of("--executor", "sandbox"));
        if (!token.isEmpty()) {
            arguments.addAll(List.of("--token", token));
        }
        arguments.addAll(List.of(flags));
        try {
            return new RemoteRunner(RunnerOptions.read(arguments, Map.of()));
        } catch (RunnerOptions.Wrong e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a runner of that name and starts it. */
    static RemoteRunner create(ApiClient client, String url, String name, Path state, String... flags) {
        return start(url, client.post("/v1/runners/" + name, "{}").text("/token"), state, flags)
                .awaitUp();
    }

    RemoteRunner awaitUp() {
        try {
            if (out.readLine() == null) {
                throw new AssertionError("it ended before it was up: " + exit);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells it to end, as SIGTERM would. */
    void stop() {
        program.stop(RunnerProgram.Exit.DONE);
    }

    RunnerProgram.Exit awaitEnd() throws InterruptedException {
        try {
            return exit.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** The failure that it ends with. */
    RunnerProgram.Failure awaitFailure() throws InterruptedException {
        try {
            RunnerProgram.Exit ended = exit.get(60, TimeUnit.SECONDS);
            throw new AssertionError("it ended with " + ended);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RunnerProgram.Failure failure) {
                return failure;
            }
            throw new AssertionError(e);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        stop();
        try {
            exit.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The test has seen it, or sees more than this.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

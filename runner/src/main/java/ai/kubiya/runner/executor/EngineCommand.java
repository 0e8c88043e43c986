package ai.kubiya.runner.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The command line of a container engine.
 *
 * @param global arguments before every command
 */
record EngineCommand(String program, List<String> global, ProcessLauncher launcher) {
    private static final int MESSAGE_CHARACTERS = 500;

    /** What a command answered; another exit code than 0 is a refusal. */
    record Answer(int exitCode, String stdout, String stderr) {
        boolean accepted() {
            return exitCode == 0;
        }

        /** The engine's own words, short enough for a message. */
        String message() {
            String text = stderr.isBlank() ? stdout.strip() : stderr.strip();
            // The engine prints its progress first and its error last.
            return text.length() <= MESSAGE_CHARACTERS
                    ? text
                    : "…" + text.substring(text.length() - MESSAGE_CHARACTERS);
        }
    }

    EngineCommand withGlobal(List<String> more) {
        List<String> all = new ArrayList<>(global);
        all.addAll(more);
        return new EngineCommand(program, all, launcher);
    }

    /** Runs a command to its end. An interrupt ends it. */
    Answer run(Duration timeout, String... arguments) throws InterruptedException {
        return run(timeout, Map.of(), List.of(arguments));
    }

    Answer run(Duration timeout, Map<String, String> environment, List<String> arguments) throws InterruptedException {
        Process process;
        try {
            process = start(environment, arguments);
        } catch (IOException e) {
            return new Answer(-1, "", program + " cannot be started: " + e.getMessage());
        }
        try {
            CompletableFuture<String> stdout = read(process.getInputStream());
            CompletableFuture<String> stderr = read(process.getErrorStream());
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Answer(-1, "", program + " did not answer in " + timeout.toSeconds() + " s");
            }
            return new Answer(process.exitValue(), stdout.join(), stderr.join());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs a command to its end even when the caller is interrupted: for what must be cleaned up. */
    void runSurely(Duration timeout, String... arguments) {
        boolean interrupted = Thread.interrupted();
        try {
            run(timeout, arguments);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Starts a command whose streams the caller reads. */
    Process start(Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(program);
        words.addAll(global);
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        return launcher.start(builder);
    }

    private static CompletableFuture<String> read(InputStream in) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("engine-output").start(() -> {
            try (in) {
                text.complete(new String(in.readAllBytes(), UTF_8));
            } catch (IOException closed) {
                text.complete("");
            }
        });
        return text;
    }
}

package ai.kubiya.server.state;

import ai.kubiya.server.testing.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The real Terraform in a folder of its own, with a state at an address. It needs no provider but its own. */
final class Terraform implements AutoCloseable {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final AtomicInteger commands = new AtomicInteger();

    /**
     * What came of a command.
     *
     * @param output both outputs
     */
    record Result(int exitCode, String output) {
        /** The output without its line breaks, which are where the words happen to reach the margin. */
        String words() {
            return output.replaceAll("\\s+", " ");
        }

        Result succeeds() {
            if (exitCode != 0) {
                throw new AssertionError("terraform ended with " + exitCode + ":\n" + output);
            }
            return this;
        }
    }

    /** A command at work. */
    record Started(Process process, Path file) {
        String output() {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Terraform(String address, String password) {
        this.folder = Folders.make("kubiya-terraform-");
        environment.put("TF_HTTP_ADDRESS", address);
        environment.put("TF_HTTP_LOCK_ADDRESS", address);
        environment.put("TF_HTTP_UNLOCK_ADDRESS", address);
        environment.put("TF_HTTP_USERNAME", "anybody");
        environment.put("TF_HTTP_PASSWORD", password);
        environment.put("TF_HTTP_RETRY_WAIT_MIN", "1");
        environment.put("CHECKPOINT_DISABLE", "1");
        environment.put("TF_IN_AUTOMATION", "1");
        environment.put("TF_INPUT", "0");
        environment.put("TF_CLI_ARGS", "-no-color");
        environment.put("HOME", folder.toString());
        write("backend.tf", "terraform {\n  backend \"http\" {}\n}\n");
        write("rc", "");
        environment.put("TF_CLI_CONFIG_FILE", folder.resolve("rc").toString());
    }

    Terraform with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Terraform write(String file, String content) {
        try {
            Files.writeString(folder.resolve(file), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    Terraform init() {
        run("init").succeeds();
        return this;
    }

    Result apply() {
        return run("apply", "-auto-approve");
    }

    Started start(String... arguments) {
        List<String> command = new ArrayList<>(List.of("terraform"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Path output = folder.resolve("output-" + commands.incrementAndGet());
        // In a file: what a killed Terraform started keeps its outputs open.
        builder.redirectOutput(output.toFile());
        try {
            return new Started(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Result run(String... arguments) {
        return end(start(arguments));
    }

    static Result end(Started started) {
        try {
            if (!started.process().waitFor(2, TimeUnit.MINUTES)) {
                started.process().destroyForcibly();
                throw new AssertionError("terraform does not end: " + started.output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Result(started.process().exitValue(), started.output());
    }

    @Override
    public void close() {
        Folders.delete(folder);
    }
}

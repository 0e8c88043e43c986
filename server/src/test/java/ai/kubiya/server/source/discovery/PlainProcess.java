package ai.kubiya.server.source.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the command as it is, without any isolation: what discovery promises must not depend on the sandbox. */
final class PlainProcess implements PythonSandbox {

    @Override
    public Result run(
            List<String> command, Map<Path, String> readOnlyBinds, byte[] stdin, Duration timeout, long memoryBytes) {
        try {
            Path output = Files.createTempFile("discovery", ".out");
            Path errors = Files.createTempFile("discovery", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
                process.getOutputStream().write(stdin);
                process.getOutputStream().close();
                boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
                return new Result(
                        process.exitValue(),
                        Files.readAllBytes(output),
                        Files.readString(errors),
                        ended ? Stopped.NOTHING : Stopped.TIMEOUT);
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}

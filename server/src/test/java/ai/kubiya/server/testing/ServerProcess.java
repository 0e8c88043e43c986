package ai.kubiya.server.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, for tests that kill it. */
public final class ServerProcess implements AutoCloseable {
    private static final String UP = "kubiya is up at ";

    private final Process process;
    private final String url;
    private final String key;

    private ServerProcess(Process process, String url, String key) {
        this.process = process;
        this.url = url;
        this.key = key;
    }

    /** Starts on the database and the data directory of a server that has been stopped, with the same key. */
    public static ServerProcess inPlaceOf(TestServer stopped) {
        try {
            Process process = builder(stopped, "up")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new ServerProcess(process, url(process), stopped.firstKey());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs another of the program's commands where this server's settings are in force; both outputs are one. */
    public static Process command(TestServer server, String... arguments) {
        try {
            return builder(server, arguments).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder builder(TestServer server, String... arguments) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "ai.kubiya.server.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("KUBIYA_"));
        builder.environment().putAll(server.environment());
        return builder;
    }

    private static String url(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (@Nullable String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(UP)) {
                return line.substring(UP.length());
            }
        }
        throw new AssertionError("the server did not start");
    }

    public ApiClient client() {
        return new ApiClient(url, key);
    }

    /** As a crash would: without a chance to say goodbye. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the server cannot be killed");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

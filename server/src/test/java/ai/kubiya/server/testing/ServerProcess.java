package ai.kubiya.server.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, for tests that kill it or need several. */
public final class ServerProcess implements AutoCloseable {
    static final String UP = "kubiya is up at ";
    static final String AHEAD = "the clock is ahead";

    private final Process process;
    private final BufferedReader out;
    private final String url;
    private final String key;

    private ServerProcess(Process process, String key) throws IOException {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.url = await(UP);
        this.key = key;
    }

    /** Starts on the database and the data directory of a server that has been stopped, with the same key. */
    public static ServerProcess inPlaceOf(TestServer stopped) {
        return start("ai.kubiya.server.Main", stopped.environment(), stopped.firstKey());
    }

    /**
     * Starts on the database of another server and a data directory of its own, with a clock that the test sets.
     *
     * @param name of the data directory, for every process another one
     */
    public static ServerProcess beside(TestServer other, String name) {
        Map<String, String> environment = new HashMap<>(other.environment());
        environment.put("KUBIYA_DATA", other.folder().resolve(name).toString());
        environment.put("KUBIYA_MASTER_KEY", other.masterKey());
        return start("ai.kubiya.server.testing.ClockedServer", environment, other.firstKey());
    }

    /** Runs another of the program's commands where this server's settings are in force; both outputs are one. */
    public static Process command(TestServer server, String... arguments) {
        try {
            return builder("ai.kubiya.server.Main", server.environment(), arguments)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerProcess start(String program, Map<String, String> environment, String key) {
        try {
            return new ServerProcess(
                    builder(program, environment, "up")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start(),
                    key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder builder(String program, Map<String, String> environment, String... arguments) {
        List<String> command = JavaProgram.command(256, program);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("KUBIYA_"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** The rest of the first line that begins with this. */
    private String await(String begin) throws IOException {
        for (@Nullable String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(begin)) {
                return line.substring(begin.length());
            }
        }
        throw new AssertionError("the server ended before it said \"" + begin + "\"");
    }

    /** Sets the clock of a server that was started {@link #beside} another. */
    public void advance(Duration more) {
        try {
            process.getOutputStream().write((more.toSeconds() + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            await(AHEAD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ApiClient client() {
        return new ApiClient(url, key);
    }

    /** The same user, asking this server. */
    public ApiClient as(ApiClient client) {
        return new ApiClient(url, client.key());
    }

    public RawConnection connection() throws IOException {
        return new RawConnection(java.net.URI.create(url).getPort());
    }

    public ApiClient anonymous() {
        return new ApiClient(url, null);
    }

    /** As a crash would: without a chance to say goodbye. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Stops a server that was started {@link #beside} another, and waits until it has. */
    public void stop() throws InterruptedException {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitEnd();
    }

    private void awaitEnd() throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the server does not end");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

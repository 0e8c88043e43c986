package ai.kubiya.server.testing;

import ai.kubiya.server.Server;
import ai.kubiya.server.config.Settings;
import ai.kubiya.server.config.SettingsReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The program of a {@link ServerProcess} whose clock the test sets: as {@code kubiya up}, but every line on standard
 * input is a number of seconds to go ahead, and the end of it stops the server.
 */
final class ClockedServer {
    private ClockedServer() {}

    public static void main(String[] arguments) throws IOException {
        SettableClock clock = new SettableClock();
        Settings settings = new SettingsReader(System.getenv()).read(List.of());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Server server = new Server(settings, clock)) {
            System.out.println(ServerProcess.UP + "http://127.0.0.1:" + server.port());
            for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
                clock.advance(Duration.ofSeconds(Long.parseLong(line)));
                System.out.println(ServerProcess.AHEAD);
            }
        }
    }
}

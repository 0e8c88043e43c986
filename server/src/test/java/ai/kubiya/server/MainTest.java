package ai.kubiya.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands, by what they print and how they exit. */
class MainTest {
    @TempDir
    private Path home;

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        environment.put("HOME", home.toString());
        return Main.run(
                arguments,
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysHowItIsUsed() {
        assertThat(run()).isEqualTo(2);
        assertThat(complained()).contains("usage: kubiya COMMAND", "up", "config", "new-key");
        assertThat(run("--help")).isZero();
        assertThat(printed()).contains("usage: kubiya COMMAND");
    }

    @Test
    void saysThatItsPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("KUBIYA_DATA", home.resolve("data").toString());
            environment.put("KUBIYA_PORT", Integer.toString(taken.getLocalPort()));

            assertThat(run("up")).isEqualTo(1);
        }
        assertThat(complained()).contains("is taken", "KUBIYA_PORT");
        assertThat(printed()).doesNotContain("is up");
    }

    @Test
    void doesNotGuessAtACommand() {
        assertThat(run("upp")).isEqualTo(2);
        assertThat(complained()).contains("there is no command \"upp\"", "usage:");
        assertThat(printed()).isEmpty();
    }

    @Test
    void showsTheSettingsWithTheirOriginAndMasksSecrets() {
        environment.put("KUBIYA_DATABASE_URL", "postgresql://kubiya:hunter2@db/x");
        environment.put("KUBIYA_LLM_API_KEY", "sk-secret-key");
        environment.put("KUBIYA_MASTER_KEY", "master-secret");
        environment.put("KUBIYA_SECRET_TOKEN", "tool-secret");

        assertThat(run("config", "--port", "9090")).isZero();

        assertThat(printed())
                .contains("KUBIYA_PORT", "9090", "# flag;", "KUBIYA_DATABASE_URL", "********", "# environment;")
                .doesNotContain("hunter2", "sk-secret-key", "master-secret", "tool-secret");
        assertThat(complained()).isEmpty();
    }

    @Test
    void listsAllThatIsWrongWithTheSettings() {
        environment.put("KUBIYA_PORT", "x");

        assertThat(run("up", "--log", "xml")).isEqualTo(2);

        assertThat(complained())
                .contains("the settings are not right", "  - KUBIYA_PORT must be", "  - KUBIYA_LOG must be");
    }

    @Test
    void tellsItsVersion() {
        assertThat(run("version")).isZero();
        assertThat(printed()).startsWith("kubiya ");
    }
}

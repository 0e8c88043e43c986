package ai.kubiya.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The clients in other languages, by tests of their own against this server. */
@ServerTest
class SdkTest {

    private static void run(TestServer server, Path folder, Map<String, String> more, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(List.of(command)).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("KUBIYA_BASE_URL", server.url() + "/v1");
        builder.environment().put("KUBIYA_API_KEY", server.newOrganization().key());
        builder.environment().putAll(more);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output).as("it ran tests").containsPattern("(?m)^(# pass [1-9]|Ran [1-9])");
    }

    @Test
    void javaScriptWorks(TestServer server) throws IOException, InterruptedException {
        Path folder = Path.of("../sdk/javascript");
        run(server, folder, Map.of(), "node", "--test", "--test-reporter=tap", "test/");
    }

    @Test
    void pythonWorks(TestServer server) throws IOException, InterruptedException {
        Map<String, String> path = Map.of("PYTHONPATH", "src", "PYTHONDONTWRITEBYTECODE", "1");
        run(server, Path.of("../sdk/python"), path, "python3", "-m", "unittest", "discover", "-s", "tests");
    }
}

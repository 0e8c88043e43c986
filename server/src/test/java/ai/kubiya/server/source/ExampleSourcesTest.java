package ai.kubiya.server.source;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.UploadForm;
import ai.kubiya.server.testing.ZipFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sources that come with the project, loaded as a user would. */
@ServerTest(settings = {"KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true", "KUBIYA_ALLOW_FILE_SOURCES=true"})
class ExampleSourcesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    @Test
    void loadsTheExampleWithoutErrors(ApiClient client) {
        byte[] zip =
                new ZipFixture().withFolder(EXAMPLES.resolve("tool-source")).bytes();

        Answer created = client.send("PUT", "/v1/sources/zip", UploadForm.file("tool-source.zip", zip));

        assertThat(created).hasStatus(201).has("/errors", List.of());
        assertThat(created.at("/tools").size()).isGreaterThan(5);
    }

    @Test
    void loadsALargeRepositoryWithAllItsTools(@TempDir Path folder, ApiClient client)
            throws IOException, InterruptedException {
        generate(folder, "--tools", "320", "--packages", "32", "--git");

        Answer created = client.post("/v1/sources", "{\"url\": \"file://%s\"}".formatted(folder));

        assertThat(created).hasStatus(201).has("/connected_tools_count", 320).has("/errors", List.of());
        assertThat(client.get("/v1/tools?limit=500").rows()).hasSize(320);
        assertThat(client.get("/v1/tools?limit=500&offset=300").rows()).hasSize(20);
        assertThat(client.get("/api/v1/tools").rows()).hasSize(320);
    }

    @Test
    void namesEveryBrokenModuleAndKeepsTheRest(@TempDir Path folder, ApiClient client)
            throws IOException, InterruptedException {
        generate(folder, "--tools", "20", "--packages", "4", "--broken", "3", "--git");

        Answer created = client.post("/v1/sources", "{\"url\": \"file://%s\"}".formatted(folder));

        assertThat(created).hasStatus(201).has("/connected_tools_count", 20).has("/errors_count", 3);
    }

    private static void generate(Path folder, String... options) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(
                List.of("python3", EXAMPLES.resolve("make-tool-repository.py").toString(), folder.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}

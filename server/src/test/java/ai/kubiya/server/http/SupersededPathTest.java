package ai.kubiya.server.http;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Paths that others took the place of still answer, and say so. */
@ServerTest
class SupersededPathTest {

    private static void saysSo(Answer answer, String path) {
        assertThat(answer).hasHeader("Deprecation").hasHeader("Sunset");
        assertThat(answer.header("Deprecation").orElseThrow()).matches("@\\d{10}");
        assertThat(answer.header("Sunset").orElseThrow())
                .matches("[A-Z][a-z]{2}, \\d{1,2} [A-Z][a-z]{2} 20\\d\\d .* GMT");
        assertThat(answer.header("Link").orElseThrow()).contains("<" + path + ">; rel=\"successor-version\"");
    }

    @Test
    void saysWhereTheFormerSecretsAre(ApiClient client) {
        saysSo(client.get("/api/v1/secrets"), "/api/v2/secrets");
        assertThat(client.get("/api/v2/secrets")).hasNoHeader("Deprecation").hasNoHeader("Sunset");
    }

    @Test
    void saysWhereTheRunnersAre(ApiClient client) {
        client.create("/v1/runners/build", "{}");
        for (String path : List.of("", "/build", "/build/describe", "/build/health", "/build/manifest", "/nobody")) {
            saysSo(client.get("/api/v1/runners" + path), "/api/v3/runners");
            assertThat(client.get("/api/v3/runners" + path)).hasNoHeader("Deprecation");
        }
    }

    @Test
    void saysSoOfPrefixesThatAreThereTwice(ApiClient client) {
        saysSo(client.get("/api/v1/v1/agents"), "/api/v1/agents");
        saysSo(client.get("/v1/api/v2/agents"), "/api/v2/agents");
        assertThat(client.get("/api/v1/agents")).hasNoHeader("Deprecation");
    }

    @Test
    void saysSoOfRefusalsToo(TestServer server, ApiClient client) {
        saysSo(client.get("/api/v1/v1/agents/none"), "/api/v1/agents/none");
        saysSo(server.anonymous().get("/api/v1/v1/agents"), "/api/v1/agents");
    }

    @Test
    void keepsTheLinksOfAPage(ApiClient client) {
        for (String name : List.of("a", "b", "c")) {
            client.create("/v1/agents", "{\"name\": \"%s\"}".formatted(name));
        }
        String links = client.get("/api/v1/v1/agents?limit=1").header("Link").orElseThrow();
        assertThat(links).contains("rel=\"next\"", "rel=\"successor-version\"");
    }
}

package ai.kubiya.server.source;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.ServerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source's url must not make the server fetch what only the server can reach. */
@ServerTest
class InternalAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "http://127.0.0.1:8080/team/repo",
                "https://127.1.2.3/team/repo",
                "http://localhost/team/repo",
                "http://10.0.0.1/x",
                "http://172.16.0.1/x",
                "http://192.168.1.1/x",
                "http://100.64.0.1/x",
                "http://0.0.0.0/x",
                "http://0/x",
                "http://2130706433/x",
                "http://[::1]/x",
                "http://[::ffff:127.0.0.1]/x",
                "http://[fe80::1]/x",
                "http://[fd00::1]/x",
                "http://[64:ff9b::7f00:1]/x",
                "http://127.0.0.1/x/tree/main/y",
                "ssh://git@127.0.0.1/x",
                "ssh://git@[::1]/x",
                "git@127.0.0.1:x/y.git",
                "git@localhost:x/y.git"
            })
    void refusesAUrlThatLeadsInside(String url, ApiClient client) {
        assertThat(client.post("/v1/sources", "{\"url\": \"%s\"}".formatted(url)))
                .hasStatus(400)
                .hasFieldError("/url", "internal address")
                .saysWhy("KUBIYA_ALLOW_INTERNAL_WEBHOOKS");
        assertThat(client.get("/v1/sources/load?url=" + ApiClient.encode(url))).hasStatus(400);
        assertThat(client.get("/v1/sources").rows()).isEmpty();
    }

    @Test
    void refusesARepositoryThatIsReallyThere(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().withTool("tools.json", "deploy", "echo");
        repository.commit();

        assertThat(client.post("/v1/sources", "{\"url\": \"%s\"}".formatted(repository.url())))
                .hasStatus(400)
                .hasFieldError("/url", "internal address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///", "/etc", "file:///proc/self/root/etc"})
    void refusesTheServersOwnDisk(String url, ApiClient client) {
        assertThat(client.post("/v1/sources", "{\"url\": \"%s\"}".formatted(url)))
                .hasStatus(400)
                .hasFieldError("/url", "KUBIYA_ALLOW_FILE_SOURCES=true");
    }
}

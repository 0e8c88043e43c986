package ai.kubiya.server.gitops;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hooks: made, shown, changed, removed. */
@ServerTest
class GitHookApiTest {
    private static final String HOOKS = "/v1/gitops/hooks";

    @Test
    void showsItsSecretOnce(TestServer server, ApiClient client) {
        Answer made = client.post(HOOKS, """
                {"name": "once", "provider": "github", "api_token": "ghp_very-secret-token"}
                """);

        assertThat(made)
                .hasStatus(201)
                .has("/provider", "github")
                .has("/enabled", true)
                .has("/api_token", "********")
                .doesNotMention("ghp_very-secret-token");
        assertThat(made.text("/secret")).hasSize(43);
        assertThat(made.text("/url")).startsWith(server.url() + "/v1/gitops/");
        Answer read = client.get(HOOKS + "/once");
        assertThat(read).has("/id", made.id()).has("/url", made.text("/url")).doesNotMention(made.text("/secret"));
        assertThat(client.get(HOOKS).column("name")).contains("once");
        String dump = server.dump();
        assertThat(dump).doesNotContain(made.text("/secret")).doesNotContain("ghp_very-secret-token");
        assertThat(dump).doesNotContain(made.text("/url").replaceFirst(".*/", ""));
    }

    @Test
    void hidesItsUrlFromThoseWhoMayOnlyRead(TestServer server, ApiClient client) {
        client.create(HOOKS, "{\"name\": \"hidden\", \"provider\": \"git\"}");
        ApiClient reader = server.withScopes(client, Scope.PROJECTS_READ);

        assertThat(reader.get(HOOKS + "/hidden")).hasStatus(200).hasNull("/url");
        assertThat(reader.post(HOOKS, "{\"name\": \"x\", \"provider\": \"git\"}"))
                .hasStatus(403);
    }

    @Test
    void saysEverythingThatIsWrong(ApiClient client) {
        assertThat(client.post(HOOKS, "{\"name\": \"\", \"provider\": \"svn\", \"secret\": \"short\"}"))
                .hasStatus(400);
        assertThat(client.post(HOOKS, "{\"name\": \"x\", \"provider\": \"git\", \"secret\": \"short-one\"}"))
                .hasStatus(400)
                .hasFieldError("/secret", "at least 16");
        assertThat(client.post(HOOKS, "{\"name\": \"x\", \"provider\": \"git\", \"api_token\": \"t\"}"))
                .hasStatus(400)
                .hasFieldError("/api_token", "plain git")
                .hasFieldError("/api_url", "is required");
        assertThat(client.post(HOOKS, "{\"name\": \"x\", \"provider\": \"gitea\", \"api_token\": \"t\"}"))
                .hasStatus(400)
                .hasFieldError("/api_url", "is required");
        for (String url : List.of("ftp://x", "http://127.0.0.1/api", "https://user:word@example.com")) {
            assertThat(client.post(
                            HOOKS, "{\"name\": \"x\", \"provider\": \"gitea\", \"api_url\": \"%s\"}".formatted(url)))
                    .hasStatus(400)
                    .hasFieldError("/api_url", "");
        }
        assertThat(client.post(HOOKS, "{\"name\": \"x\", \"provider\": \"git\", \"colour\": 1}"))
                .hasStatus(400);
    }

    @Test
    void isChangedAndTakenOver(TestServer server, ApiClient client) {
        String id = client.create(HOOKS, "{\"name\": \"changing\", \"provider\": \"forgejo\"}");
        Answer before = client.get(HOOKS + "/" + id);
        assertThat(before).has("/provider", "gitea").has("/api_token", "");

        Answer changed = client.patch(HOOKS + "/" + id, """
                {"name": "changed", "enabled": false, "api_token": "t-1", "api_url": "https://git.example.com/api/v1/"}
                """);

        assertThat(changed)
                .hasStatus(200)
                .has("/name", "changed")
                .has("/enabled", false)
                .has("/api_url", "https://git.example.com/api/v1")
                .has("/api_token", "********")
                .has("/url", before.text("/url"));
        assertThat(client.put(HOOKS + "/" + id, changed.body()))
                .hasStatus(200)
                .has("/api_token", "********")
                .has("/owner", before.text("/owner"));
        assertThat(client.patch(HOOKS + "/" + id, "{\"api_token\": null}")).has("/api_token", "");
        assertThat(client.withHeader("If-Match", before.header("ETag").orElseThrow())
                        .patch(HOOKS + "/" + id, "{\"enabled\": true}"))
                .hasStatus(412);
        client.create(HOOKS, "{\"name\": \"taken\", \"provider\": \"git\"}");
        assertThat(client.patch(HOOKS + "/" + id, "{\"name\": \"taken\"}")).hasStatus(409);
        assertThat(client.post(HOOKS, "{\"name\": \"taken\", \"provider\": \"git\"}"))
                .hasStatus(409);
    }

    @Test
    void getsANewUrlAndSecret(ApiClient client) {
        Answer made = client.post(HOOKS, "{\"name\": \"rotated\", \"provider\": \"git\"}");

        Answer rotated = client.post(HOOKS + "/rotated/rotate", "");

        assertThat(rotated).hasStatus(200).has("/id", made.id());
        assertThat(rotated.text("/url")).isNotEqualTo(made.text("/url"));
        assertThat(rotated.text("/secret")).hasSize(43).isNotEqualTo(made.text("/secret"));
        assertThat(client.delete(HOOKS + "/rotated")).hasStatus(200);
        assertThat(client.get(HOOKS + "/" + made.id())).hasStatus(404);
    }
}

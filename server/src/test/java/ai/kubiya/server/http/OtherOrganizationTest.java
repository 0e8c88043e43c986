package ai.kubiya.server.http;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Belongings;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one organisation has, another cannot see, change, use or guess. */
@ServerTest
class OtherOrganizationTest {
    private static final String SECRET = "very-private-thing";
    /** Streams that end when the reader goes; a test of their own reads them. */
    private static final List<String> ENDLESS =
            List.of("/v1/audit/stream", "/api/v1/auditing/items/stream", "/api/v1/auditing/stream");

    @Test
    void findsNothingOfAnothersByIdOrName(TestServer server, ApiClient stranger) {
        Belongings belongings = Belongings.of(server.newOrganization());
        Belongings own = Belongings.of(stranger, "own");
        Map<String, String> before = belongings.state();

        for (Router.Route route : server.router().routes()) {
            if (route.guard() == Router.Guard.RUNNER) {
                // A runner's token opens them, and no key.
                continue;
            }
            for (String path : belongings.pathsFor(own, route.pattern())) {
                Answer answer = stranger.send(route.method(), path, "{\"name\": \"taken over\"}");
                assertThat(answer).as(route.method() + " " + path).hasStatusAmong(400, 404, 415);
                assertThat(said(answer, path)).as(route.method() + " " + path).doesNotContain(SECRET);
            }
        }
        assertThat(belongings.state()).isEqualTo(before);
    }

    /** What an answer says that the path did not. */
    private static String said(Answer answer, String path) {
        String said = answer.body();
        for (String part : path.split("/", -1)) {
            said = part.contains(SECRET) ? said.replace(part, "") : said;
        }
        return said;
    }

    @Test
    void listsNothingOfAnothers(TestServer server, ApiClient stranger) {
        Belongings.of(server.newOrganization());

        for (Router.Route route : server.router().routes()) {
            if (route.method().equals("GET")
                    && !route.open()
                    && !route.pattern().contains("{")
                    && !ENDLESS.contains(route.pattern())) {
                Answer answer = stranger.get(route.pattern() + "?q=private&limit=500");
                assertThat(answer).as(route.pattern()).doesNotMention(SECRET);
            }
        }
        assertThat(stranger.get("/v1/tools?q=private").rows()).isEmpty();
        assertThat(stranger.get("/v1/executions")).has("/pagination/total", 0);
    }

    @Test
    void cannotReferToWhatIsAnothers(TestServer server, ApiClient stranger) {
        Belongings belongings = Belongings.of(server.newOrganization());

        assertThat(stranger.post("/v1/agents", """
                {"name": "thief", "sources": ["%s"], "tools": ["very-private-thing-tool"]}
                """.formatted(belongings.id("source"))))
                .hasStatus(400)
                .hasFieldError("/sources/0", "there is no source")
                .hasFieldError("/tools/0", "there is no tool");
        assertThat(stranger.post("/v1/tools/exec", """
                {"tool_name": "very-private-thing-tool", "source_uuid": "%s"}
                """.formatted(belongings.id("source"))))
                .hasStatus(404);
        assertThat(stranger.post(
                        "/v1/auth/keys", "{\"name\": \"x\", \"user_id\": \"%s\"}".formatted(belongings.id("user"))))
                .hasStatus(400)
                .hasFieldError("/user_id", "there is no user");
        assertThat(stranger.post(
                        "/v1/users", "{\"email\": \"a@b\", \"groups\": [\"%s\"]}".formatted(belongings.id("group"))))
                .hasStatus(400)
                .hasFieldError("/groups/0", "there is no group");
        String own = stranger.create("/v1/groups", "{\"name\": \"own\"}");
        assertThat(stranger.put("/v1/groups/" + own + "/members/" + belongings.id("user"), "{}"))
                .hasStatus(404);
        assertThat(stranger.get("/v1/auth/keys?user=" + belongings.id("user"))).hasStatus(404);
        assertThat(stranger.get("/v1/tools?source_id=" + belongings.id("source"))
                        .rows())
                .isEmpty();
    }
}

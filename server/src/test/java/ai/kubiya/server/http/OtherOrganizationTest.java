package ai.kubiya.server.http;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one organisation has, another cannot see, change, use or guess. */
@ServerTest
class OtherOrganizationTest {
    private static final String SECRET = "very-private-thing";
    private static final String EMAIL = SECRET + "@example.com";

    /** One of everything, and how its owner reads it. */
    record Belongings(
            ApiClient owner,
            String agent,
            String source,
            String tool,
            String execution,
            String session,
            String secret,
            String integration,
            String key,
            String user,
            String group) {
        static Belongings of(ApiClient owner) {
            String source = owner.create("/v1/sources", """
                    {"name": "very-private-thing-source", "inline_tools": [
                      {"name": "very-private-thing-tool", "description": "x", "type": "script", "content": "echo hi"}]}
                    """);
            String tool = owner.get("/v1/tools/very-private-thing-tool").id();
            String agent = owner.create("/v1/agents", """
                    {"name": "very-private-thing-agent", "sources": ["%s"], "tools": ["very-private-thing-tool"]}
                    """.formatted(source));
            Answer execution = owner.post("/v1/tools/very-private-thing-tool/executions", "{}");
            assertThat(execution).hasStatus(202);
            String session = owner.create("/v1/agents/" + agent + "/sessions", "{}");
            String secret = owner.create("/v1/secrets", """
                    {"name": "very-private-thing-secret", "value": "very-private-thing-value"}
                    """);
            String integration = owner.create("/v1/integrations", """
                    {"name": "very-private-thing-integration", "integration_type": "x", "configs": [
                      {"name": "c", "vendor_specific": {"url": "very-private-thing", "token": "very-private-thing"}}]}
                    """);
            String key = owner.create("/v1/auth/keys", "{\"name\": \"very-private-thing-key\"}");
            String user = owner.create("/v1/users", "{\"email\": \"%s\"}".formatted(EMAIL));
            String group = owner.create("/v1/groups", "{\"name\": \"very-private-thing-group\"}");
            return new Belongings(
                    owner, agent, source, tool, execution.id(), session, secret, integration, key, user, group);
        }

        /** Id and name of what stands in this place of a route's pattern. */
        List<String> of(String parameter) {
            return switch (parameter) {
                case "agent" -> List.of(agent, SECRET + "-agent");
                case "source" -> List.of(source, SECRET + "-source");
                case "tool" -> List.of(tool, SECRET + "-tool");
                case "execution" -> List.of(execution);
                case "session" -> List.of(session);
                case "secret" -> List.of(secret, SECRET + "-secret");
                case "integration" -> List.of(integration, SECRET + "-integration");
                case "key" -> List.of(key);
                case "user" -> List.of(user, EMAIL);
                case "group" -> List.of(group, SECRET + "-group");
                default -> throw new AssertionError("say here what a stranger could put for {" + parameter + "}");
            };
        }

        Map<String, String> state() {
            return Map.of(
                    "agent", owner.get("/v1/agents/" + agent).body(),
                    "source", owner.get("/v1/sources/" + source + "/metadata").body(),
                    "tool", owner.get("/v1/tools/" + tool).body(),
                    "secret", owner.get("/v1/secrets/" + secret).body(),
                    "value", owner.get("/v1/secrets/" + secret + "/value").body(),
                    "integration", owner.get("/v1/integrations/" + integration).body(),
                    "key", owner.get("/v1/auth/keys/" + key).body(),
                    "user", owner.get("/v1/users/" + user).body(),
                    "group", owner.get("/v1/groups/" + group).body());
        }
    }

    static Optional<String> parameter(Router.Route route) {
        int open = route.pattern().indexOf('{');
        return open < 0
                ? Optional.empty()
                : Optional.of(
                        route.pattern().substring(open + 1, route.pattern().indexOf('}')));
    }

    @Test
    void findsNothingOfAnothersByIdOrName(TestServer server, ApiClient stranger) {
        Belongings belongings = Belongings.of(server.newOrganization());
        Map<String, String> before = belongings.state();

        for (Router.Route route : server.router().routes()) {
            Optional<String> parameter = parameter(route);
            if (parameter.isPresent()) {
                for (String value : belongings.of(parameter.get())) {
                    String path = route.pattern().replaceAll("\\{[^}]+}", value);
                    Answer answer = stranger.send(route.method(), path, "{\"name\": \"taken over\"}");
                    assertThat(answer).as(route.method() + " " + path).hasStatusAmong(400, 404, 415);
                    assertThat(answer.body().replace(value, ""))
                            .as(route.method() + " " + path)
                            .doesNotContain(SECRET);
                }
            }
        }
        assertThat(belongings.state()).isEqualTo(before);
    }

    @Test
    void listsNothingOfAnothers(TestServer server, ApiClient stranger) {
        Belongings.of(server.newOrganization());

        for (Router.Route route : server.router().routes()) {
            if (route.method().equals("GET")
                    && !route.open()
                    && parameter(route).isEmpty()) {
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
                """.formatted(belongings.source())))
                .hasStatus(400)
                .hasFieldError("/sources/0", "there is no source")
                .hasFieldError("/tools/0", "there is no tool");
        assertThat(stranger.post("/v1/tools/exec", """
                {"tool_name": "very-private-thing-tool", "source_uuid": "%s"}
                """.formatted(belongings.source())))
                .hasStatus(404);
        assertThat(stranger.post(
                        "/v1/auth/keys", "{\"name\": \"x\", \"user_id\": \"%s\"}".formatted(belongings.user())))
                .hasStatus(400)
                .hasFieldError("/user_id", "there is no user");
        assertThat(stranger.post(
                        "/v1/users", "{\"email\": \"a@b\", \"groups\": [\"%s\"]}".formatted(belongings.group())))
                .hasStatus(400)
                .hasFieldError("/groups/0", "there is no group");
        String own = stranger.create("/v1/groups", "{\"name\": \"own\"}");
        assertThat(stranger.put("/v1/groups/" + own + "/members/" + belongings.user(), "{}"))
                .hasStatus(404);
        assertThat(stranger.get("/v1/auth/keys?user=" + belongings.user())).hasStatus(404);
        assertThat(stranger.get("/v1/tools?source_id=" + belongings.source()).rows())
                .isEmpty();
    }
}

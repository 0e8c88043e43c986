package ai.kubiya.server.http;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one organisation has, another cannot see, change, use or guess. */
@ServerTest
class OtherOrganizationTest {
    private static final String SECRET = "very-private-thing";
    /** Streams that end when the reader goes; a test of their own reads them. */
    private static final List<String> ENDLESS =
            List.of("/v1/audit/stream", "/api/v1/auditing/items/stream", "/api/v1/auditing/stream");

    private static final String EMAIL = SECRET + "@example.com";

    /**
     * One of everything.
     *
     * @param names what stands in the place of a parameter of a route's pattern: the id, and the name where there is one
     * @param reads where the owner sees that nothing was changed
     */
    record Belongings(ApiClient owner, Map<String, List<String>> names, List<String> reads) {
        private Belongings(ApiClient owner) {
            this(owner, new HashMap<>(), new ArrayList<>());
        }

        static Belongings of(ApiClient owner) {
            Belongings all = new Belongings(owner);
            String source = owner.create("/v1/sources", """
                    {"name": "very-private-thing-source", "inline_tools": [
                      {"name": "very-private-thing-tool", "description": "x", "type": "script", "content": "echo hi"}]}
                    """);
            all.add("source", source, SECRET + "-source").read("/v1/sources/" + source + "/metadata");
            String tool = owner.get("/v1/tools/very-private-thing-tool").id();
            all.add("tool", tool, SECRET + "-tool").read("/v1/tools/" + tool);
            String agent = owner.create("/v1/agents", """
                    {"name": "very-private-thing-agent", "sources": ["%s"], "tools": ["very-private-thing-tool"]}
                    """.formatted(source));
            all.add("agent", agent, SECRET + "-agent").read("/v1/agents/" + agent);
            Answer execution = owner.post("/v1/tools/very-private-thing-tool/executions", "{}");
            assertThat(execution).hasStatus(202);
            all.add("execution", execution.id());
            all.add("session", owner.create("/v1/agents/" + agent + "/sessions", "{}"));
            String secret = owner.create("/v1/secrets", """
                    {"name": "very-private-thing-secret", "value": "very-private-thing-value"}
                    """);
            all.add("secret", secret, SECRET + "-secret")
                    .read("/v1/secrets/" + secret)
                    .read("/v1/secrets/" + secret + "/value");
            String integration = owner.create("/v1/integrations", """
                    {"name": "very-private-thing-integration", "integration_type": "x", "configs": [
                      {"name": "c", "vendor_specific": {"url": "very-private-thing", "token": "very-private-thing"}}]}
                    """);
            all.add("integration", integration, SECRET + "-integration").read("/v1/integrations/" + integration);
            String project = owner.create("/v1/projects", """
                    {"name": "very-private-thing-project", "files": {"main.tf": "variable \\"x\\" {} # very-private-thing"},
                     "variables": [{"name": "x", "value": "very-private-thing", "sensitive": true}]}
                    """);
            all.add("project", project, SECRET + "-project").read("/v1/projects/" + project);
            String hook = owner.create("/v1/gitops/hooks", """
                    {"name": "very-private-thing-hook", "provider": "git"}
                    """);
            all.add("git_hook", hook, SECRET + "-hook").read("/v1/gitops/hooks/" + hook);
            all.add("git_token", hook);
            String key = owner.create("/v1/auth/keys", "{\"name\": \"very-private-thing-key\"}");
            all.add("key", key).read("/v1/auth/keys/" + key);
            String user = owner.create("/v1/users", "{\"email\": \"%s\"}".formatted(EMAIL));
            all.add("user", user, EMAIL).read("/v1/users/" + user);
            String group = owner.create("/v1/groups", "{\"name\": \"very-private-thing-group\"}");
            all.add("group", group, SECRET + "-group").read("/v1/groups/" + group);
            all.add(
                    "item",
                    owner.get("/v1/audit?limit=1").rows().get(0).path("id").asText());
            return all;
        }

        private Belongings add(String parameter, String... values) {
            names.put(parameter, List.of(values));
            return this;
        }

        private Belongings read(String path) {
            reads.add(path);
            return this;
        }

        List<String> of(String parameter) {
            return Objects.requireNonNull(
                    names.get(parameter), () -> "say in Belongings what a stranger could put for {" + parameter + "}");
        }

        String id(String parameter) {
            return of(parameter).getFirst();
        }

        Map<String, String> state() {
            Map<String, String> state = new HashMap<>();
            reads.forEach(path -> state.put(path, owner.get(path).body()));
            return state;
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
                    && parameter(route).isEmpty()
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

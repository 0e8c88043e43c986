package ai.kubiya.server.policy;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static ai.kubiya.server.testing.ScriptedReply.call;
import static ai.kubiya.server.testing.ScriptedReply.calls;
import static ai.kubiya.server.testing.ScriptedReply.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What policies refuse does not happen, wherever it is asked for. */
class PolicyEnforcementTest {
    private static final ScriptedModelServer MODEL = new ScriptedModelServer();
    private static final String GREET = """
            {"name": "greet", "description": "greets", "type": "script", "content": "echo hello $who",
             "args": [{"name": "who", "type": "string", "description": "whom", "default": "nobody"},
                      {"name": "times", "type": "int", "description": "how often", "default": "1"}]}
            """;
    private static TestServer server;

    /** An administrator of an organisation of its own, which has the tool greet in the source first. */
    private ApiClient client;

    private String source;

    @BeforeAll
    static void start() {
        server = TestServer.builder()
                .withSetting("KUBIYA_LLM_PROVIDER", "openai")
                .withSetting("KUBIYA_LLM_BASE_URL", MODEL.url())
                .withSetting("KUBIYA_LLM_MODELS", "scripted")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        MODEL.close();
    }

    @BeforeEach
    void begin() {
        client = server.newOrganization();
        source = client.create("/v1/sources", "{\"name\": \"first\", \"inline_tools\": [" + GREET + "]}");
    }

    private void policy(String points, String expression, String more) {
        client.create("/v1/policies", """
                {"name": "p", "applies_to": [%s], "expression": "%s", "message": "Not that."%s}
                """.formatted(points, expression, more));
    }

    private void tools(String expression) {
        policy("\"tool_execution\"", expression, "");
    }

    private static String greet(String who) {
        return "{\"tool_name\": \"greet\", \"args\": {\"who\": \"" + who + "\"}}";
    }

    private List<JsonNode> trail(String action) {
        String filter = URLEncoder.encode("{\"action_type\": \"" + action + "\"}", StandardCharsets.UTF_8);
        return client.get("/api/v1/auditing/items?filter=" + filter).rows();
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer)
                .hasStatus(403)
                .hasErrorCode("ACCESS_DENIED")
                .has("/details", "The policy \"p\" refuses this tool execution: Not that.");
    }

    @Test
    void refusesRunsByName() {
        tools("tool.args.who != 'root'");

        for (String path : List.of("/v1/tools/exec", "/api/v1/tools/exec")) {
            assertRefused(client.post(path, greet("root")));
            assertThat(client.post(path, greet("ada"))).hasStatus(200).mentions("hello ada");
        }
        for (String path : List.of("/v1/tools/greet/executions", "/api/v1/tools/greet/executions")) {
            assertRefused(client.post(path, "{\"args\": {\"who\": \"root\"}}"));
            assertThat(client.post(path, "{\"args\": {\"who\": \"ada\"}}")).hasStatus(202);
        }
        // Nothing was started for those that were refused.
        assertThat(client.get("/v1/executions").rows()).hasSize(4);
    }

    @Test
    void seesArgumentsAsTheToolGetsThem() {
        tools("tool.args.who == 'nobody' && tool.args.times == 1");

        assertThat(client.post("/v1/tools/exec", "{\"tool_name\": \"greet\"}")).hasStatus(200);
        assertThat(client.post("/v1/tools/exec", "{\"tool_name\": \"greet\", \"args\": {\"times\": \"1\"}}"))
                .hasStatus(200);
        assertRefused(client.post("/v1/tools/exec", "{\"tool_name\": \"greet\", \"args\": {\"times\": \"2\"}}"));
    }

    @Test
    void refusesDefinitionsThatComeWithTheCall() {
        tools("!tool.unsaved && tool.source.name == 'first' && tool.source.type == 'inline'");
        String disguised = GREET.replace(
                "\"name\": \"greet\",",
                "\"name\": \"greet\", \"source\": {\"id\": \"" + source + "\", \"url\": \"x\"},");

        assertThat(client.post("/v1/tools/exec", greet("ada"))).hasStatus(200);
        assertRefused(client.post("/v1/tools/exec", "{\"tool_def\": " + GREET + "}"));
        assertRefused(client.post("/v1/tools/exec", "{\"tool_def\": " + disguised + "}"));
        assertRefused(client.post(
                "/v1/tools/exec", "{\"tool_name\": \"greet\", \"tool_def\": " + GREET.replace("hello", "bye") + "}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tool.name == 'greet' && tool.type == 'script' && tool.image == '' && tool.content.contains('echo')",
                "tool.secrets == [] && tool.services == [] && runner == 'local' && point == 'tool_execution'",
                "agent.name == '' && agent.tags == [] && session.id == '' && session.history == []",
                "user.email.startsWith('someone@') && 'Admin' in user.groups && user.roles == ['Admin'] && user.id != ''",
                "key.name != '' && key.scopes == ['admin'] && organization.name != '' && request.id.startsWith('req_')",
                "request.address == '127.0.0.1' && now > timestamp('2020-01-01T00:00:00Z')",
                "tool.args == {'who': 'ada', 'times': 1}"
            })
    void tellsPoliciesWhatHappens(String expression) {
        tools(expression);

        assertThat(client.post("/v1/tools/exec", greet("ada"))).hasStatus(200).mentions("hello ada");
    }

    @Test
    void concernsWhatItMatches() {
        policy("\"tool_execution\"", "false", ", \"match\": \"tool.args.who == 'root'\"");

        assertRefused(client.post("/v1/tools/exec", greet("root")));
        assertThat(client.post("/v1/tools/exec", greet("ada"))).hasStatus(200);
    }

    @Test
    void isAskedWhileItIsEnabledAndAsItIsNow() {
        policy("\"tool_execution\"", "false", ", \"enabled\": false");
        assertThat(client.post("/v1/tools/exec", greet("ada"))).hasStatus(200);

        client.patch("/v1/policies/p", "{\"enabled\": true}");
        assertRefused(client.post("/v1/tools/exec", greet("ada")));
        client.patch("/v1/policies/p", "{\"expression\": \"tool.args.who != 'root'\"}");
        assertThat(client.post("/v1/tools/exec", greet("ada"))).hasStatus(200);
        assertRefused(client.post("/v1/tools/exec", greet("root")));
        client.put(
                "/v1/policies/p", "{\"applies_to\": [\"chat\", \"tool_execution\"], \"match\": \"point == 'chat'\"}");
        assertThat(client.post("/v1/tools/exec", greet("root"))).hasStatus(200);
        client.patch("/v1/policies/p", "{\"match\": \"\"}");
        assertRefused(client.post("/v1/tools/exec", greet("root")));
        client.delete("/v1/policies/p");
        assertThat(client.post("/v1/tools/exec", greet("root"))).hasStatus(200);
    }

    @Test
    void onlyNotesWhatItWarnsOf() {
        policy("\"tool_execution\"", "tool.args.who != 'root'", ", \"mode\": \"warn\"");

        assertThat(client.post("/v1/tools/exec", greet("root"))).hasStatus(200).mentions("hello root");

        assertThat(trail("refuse")).isEmpty();
        assertThat(trail("warn")).singleElement().satisfies(item -> {
            assertThat(item.path("action_successful").asBoolean()).isTrue();
            assertThat(item.path("category_name").asText()).isEqualTo("p");
            assertThat(item.path("resource_text").asText()).isEqualTo("greet");
        });
    }

    @Test
    void refusesWhatItCannotEvaluateAndSaysNothingOfTheInput() {
        tools("int(tool.args.who) == 7 || tool.args.nope == 1");

        assertThat(client.post("/v1/tools/exec", greet("very-private-value")))
                .hasStatus(403)
                .hasErrorCode("ACCESS_DENIED")
                .saysWhy("The policy \"p\" cannot be evaluated", "so it is refused", "line 1, column")
                .doesNotMention("very-private-value");
        assertThat(trail("refuse").toString()).contains("\"reason\":\"").doesNotContain("very-private-value");
        assertThat(client.post("/v1/tools/exec", greet("7"))).hasStatus(200);
    }

    @Test
    void asksAllOfThemAndNamesTheFirstThatRefuses() {
        for (String name : List.of("c", "b", "a")) {
            client.create("/v1/policies", """
                    {"name": "%s", "applies_to": ["tool_execution"], "expression": "false", "mode": "%s"}
                    """.formatted(name, name.equals("a") ? "warn" : "enforce"));
        }

        assertThat(client.post("/v1/tools/exec", greet("ada")))
                .hasStatus(403)
                .has(
                        "/details",
                        "The policy \"b\" refuses this tool execution. Ask whoever manages your organisation's policies.");
        assertThat(trail("refuse"))
                .extracting(item -> item.path("category_name").asText())
                .containsExactlyInAnyOrder("b", "c");
        assertThat(trail("warn"))
                .extracting(item -> item.path("category_name").asText())
                .containsExactly("a");
    }

    @Test
    void isInTheTrailWithWhoAndWhat() {
        tools("false");
        client.post("/v1/tools/exec", greet("very-private-value"));

        assertThat(trail("refuse")).singleElement().satisfies(item -> {
            assertThat(item.path("action_successful").asBoolean()).isFalse();
            assertThat(item.path("category_type").asText()).isEqualTo("policies");
            assertThat(item.path("category_name").asText()).isEqualTo("p");
            assertThat(item.path("resource_type").asText()).isEqualTo("tool");
            assertThat(item.path("resource_text").asText()).isEqualTo("greet");
            assertThat(item.path("email").asText()).isEqualTo("someone@" + client.organizationName());
            assertThat(item.at("/extra/point").asText()).isEqualTo("tool_execution");
            assertThat(item.at("/extra/reason").asText()).isEqualTo("failed");
            assertThat(item.at("/extra/message").asText()).isEqualTo("Not that.");
            assertThat(item.toString()).doesNotContain("very-private-value");
        });
    }

    @Test
    void bindsItsOwnOrganisationAlone() {
        tools("false");
        ApiClient other = server.newOrganization();
        other.create("/v1/sources", "{\"name\": \"first\", \"inline_tools\": [" + GREET + "]}");

        assertThat(other.post("/v1/tools/exec", greet("ada"))).hasStatus(200);
        assertRefused(client.post("/v1/tools/exec", greet("ada")));
    }

    @Test
    void bindsAdministratorsAndEveryOtherKey() {
        tools("'tools:execute' in key.scopes");

        assertRefused(client.post("/v1/tools/exec", greet("ada")));
        assertThat(server.withScopes(client, Scope.TOOLS_EXECUTE).post("/v1/tools/exec", greet("ada")))
                .hasStatus(200);
    }

    @Test
    void aRepeatedRequestIsAnsweredAsBefore() {
        ApiClient once = client.withHeader("Idempotency-Key", "k-1");
        Answer first = once.post("/v1/tools/greet/executions", "{}");
        tools("false");

        assertThat(once.post("/v1/tools/greet/executions", "{}")).hasStatus(202).has("/id", first.id());
        assertRefused(client.withHeader("Idempotency-Key", "k-2").post("/v1/tools/greet/executions", "{}"));
    }

    // Agents

    private String agent() {
        return client.create("/v1/agents", """
                {"name": "helper", "sources": ["%s"], "tags": ["night"]}
                """.formatted(source));
    }

    private void chat(String expression) {
        policy("\"chat\"", expression, "");
    }

    /** Says it on every front there is. */
    private Map<String, Answer> say(String agent, String message) {
        String body = "{\"message\": \"" + message + "\", \"stream\": false, \"agent_uuid\": \"" + agent + "\"}";
        String documented = "{\"message\": \"" + message + "\", \"stream\": false}";
        String completion =
                "{\"model\": \"agent/helper\", \"messages\": [{\"role\": \"user\", \"content\": \"" + message + "\"}]}";
        return Map.of(
                "v1", client.post("/v1/agents/" + agent + "/chat", documented),
                "teammates", client.post("/v1/teammates/helper/chat", documented),
                "hb", client.post("/api/v1/hb/v4/stream", body),
                "converse", client.post("/api/v1/converse", body),
                "openai", client.post("/v1/chat/completions", completion));
    }

    @Test
    void refusesMessagesOnEveryFront() {
        String agent = agent();
        chat("!message.matches('(?i)drop +table') && agent.name == 'helper' && agent.tags == ['night']"
                + " && agent.id != '' && session.id == '' && point == 'chat'");
        int asked = MODEL.requests().size();

        say(agent, "DROP  TABLE users").forEach((front, answer) -> {
            assertThat(answer).as(front).hasStatus(403);
            String sentence = front.equals("openai") ? answer.text("/error/message") : answer.text("/details");
            String code = front.equals("openai") ? answer.text("/error/code") : answer.text("/errorCode");
            assertThat(sentence).as(front).isEqualTo("The policy \"p\" refuses this message: Not that.");
            assertThat(code).as(front).isEqualToIgnoringCase("ACCESS_DENIED");
        });

        assertThat(client.get("/v1/sessions").rows()).isEmpty();
        assertThat(MODEL.requests()).hasSize(asked);
        assertThat(trail("refuse")).singleElement().satisfies(item -> {
            assertThat(item.path("resource_type").asText()).isEqualTo("agent");
            assertThat(item.path("resource_text").asText()).isEqualTo("helper");
            assertThat(item.toString()).doesNotContain("TABLE");
        });
        MODEL.then(text("Fine."), text("Fine."), text("Fine."), text("Fine."), text("Fine."));
        say(agent, "All well?")
                .forEach((front, answer) ->
                        assertThat(answer).as(front).hasStatus(200).mentions("Fine."));
    }

    @Test
    void refusesLaterMessagesOfASessionToo() {
        String agent = agent();
        chat("!message.contains('drop') || session.id == ''");
        MODEL.then(text("Dropped."), text("Fine."));

        Answer first = client.post("/v1/agents/" + agent + "/chat", "{\"message\": \"drop it\", \"stream\": false}");
        assertThat(first).hasStatus(200).mentions("Dropped.");
        String session = first.text("/session_id");
        String again = "{\"message\": \"%s\", \"stream\": false, \"session_id\": \"" + session + "\"}";
        assertThat(client.post("/v1/agents/" + agent + "/chat", again.formatted("drop more")))
                .hasStatus(403)
                .hasErrorCode("ACCESS_DENIED");
        assertThat(client.get("/v1/sessions/" + session + "/messages").rows()).hasSize(2);
        assertThat(client.post("/v1/agents/" + agent + "/chat", again.formatted("thanks")))
                .hasStatus(200);
    }

    @Test
    void seesWhatAClientSendsAlongOfTheConversation() {
        agent();
        chat("!session.history.exists(m, m.role == 'user' && m.content.contains('secret plan'))"
                + " && !session.instructions.exists(i, i.contains('obey'))");
        String asked = """
                {"model": "agent/helper", "messages": [
                  {"role": "system", "content": "%s"}, {"role": "user", "content": "%s"},
                  {"role": "assistant", "content": "Yes."}, {"role": "user", "content": "Go on."}]}
                """;

        assertThat(client.post("/v1/chat/completions", asked.formatted("Be brief.", "the secret plan")))
                .hasStatus(403);
        assertThat(client.post("/v1/chat/completions", asked.formatted("obey", "Hello.")))
                .hasStatus(403);
        MODEL.then(text("Fine."));
        assertThat(client.post("/v1/chat/completions", asked.formatted("Be brief.", "Hello.")))
                .hasStatus(200);
    }

    @Test
    void tellsTheModelThatItsCallWasRefused() {
        String agent = agent();
        tools("agent.name != 'helper' || tool.args.who != 'root'");
        MODEL.then(
                calls(call("c1", "greet", "{\"who\": \"root\"}"), call("c2", "greet", "{\"who\": \"ada\"}")),
                text("Only ada was greeted."));

        Answer answer =
                client.post("/v1/agents/" + agent + "/chat", "{\"message\": \"greet them\", \"stream\": false}");

        assertThat(answer).hasStatus(200).mentions("Only ada was greeted.");
        String told = MODEL.lastRequest().messages().toString();
        assertThat(told)
                .contains("The policy \\\"p\\\" refuses this tool execution: Not that.")
                .contains("hello ada");
        assertThat(client.get("/v1/executions?kind=tool").rows().stream()
                        .filter(row -> row.path("kind").asText().equals("tool")))
                .hasSize(1);
        assertThat(trail("refuse")).singleElement().satisfies(item -> {
            assertThat(item.at("/extra/agent_id").asText()).isEqualTo(agent);
            assertThat(item.at("/extra/session_id").asText()).isEqualTo(answer.text("/session_id"));
        });
    }

    @Test
    void seesWhoTalksToTheAgentThatCallsATool() {
        String agent = agent();
        tools("agent.id == '" + agent + "' && agent.tags == ['night'] && session.id != ''"
                + " && user.email.startsWith('someone@') && tool.source.name == 'first' && !tool.unsaved");
        MODEL.then(calls(call("c1", "greet", "{\"who\": \"ada\"}")), text("Done."));

        Answer answer = client.post("/v1/agents/" + agent + "/chat", "{\"message\": \"greet\", \"stream\": false}");

        assertThat(answer).hasStatus(200).mentions("Done.");
        assertThat(MODEL.lastRequest().messages().toString()).contains("hello ada");
    }

    @Test
    void doesNotAskChatPoliciesAboutToolsNorTheOtherWayRound() {
        String agent = agent();
        policy("\"project_apply\"", "false", "");
        client.create("/v1/policies", """
                {"name": "both", "applies_to": ["chat", "tool_execution"],
                 "expression": "point == 'chat' ? message == 'greet' && tool.name == '' : tool.name == 'greet' && message == ''"}
                """);
        MODEL.then(calls(call("c1", "greet", "{}")), text("Done."));

        assertThat(client.post("/v1/agents/" + agent + "/chat", "{\"message\": \"greet\", \"stream\": false}"))
                .hasStatus(200)
                .mentions("Done.");
        assertThat(MODEL.lastRequest().messages().toString()).contains("hello nobody");
    }
}

package ai.kubiya.server.knowledge;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static ai.kubiya.server.testing.ScriptedReply.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.Eventually;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.TestServer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What agents are told, and what people see of it: never more than each of them may read. */
class ToldKnowledgeTest {
    private static final String QUESTION = "What is the combination of the vault in the cellar?";
    private static final String PASSAGE = "The combination of the vault in the cellar is forty-seven eleven.";
    private static final List<String> ENDLESS =
            List.of("/v1/audit/stream", "/api/v1/auditing/items/stream", "/api/v1/auditing/stream");

    private static ScriptedModelServer model;
    private static TestServer server;

    private ApiClient admin;
    private ApiClient alice;
    private ApiClient bob;
    private String agent;

    @BeforeAll
    static void start() {
        model = new ScriptedModelServer();
        server = TestServer.builder()
                .withSetting("KUBIYA_LLM_PROVIDER", "openai")
                .withSetting("KUBIYA_LLM_BASE_URL", model.url())
                .withSetting("KUBIYA_LLM_MODELS", "scripted")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        model.close();
    }

    @BeforeEach
    void begin() {
        admin = server.newOrganization();
        alice = colleague("alice@example.com");
        bob = colleague("bob@example.com");
        agent = admin.create("/v1/agents", "{\"name\": \"helper\"}");
    }

    private ApiClient colleague(String email, String... groups) {
        return server.colleague(
                admin,
                email,
                List.of(groups),
                Scope.KNOWLEDGE_WRITE,
                Scope.AGENTS_WRITE,
                Scope.TOOLS_EXECUTE,
                Scope.TASKS_EXECUTE,
                Scope.WEBHOOKS_MANAGE,
                Scope.AUDIT_READ);
    }

    private static String secret(ApiClient owner) {
        return owner.create("/v1/knowledge", """
                {"title": "Vault in the cellar", "content": "# Money\\n\\n%s", "visibility": "private"}
                """.formatted(PASSAGE));
    }

    private Answer ask(ApiClient client) {
        model.then(text("It stands in [1]."));
        Answer answer = client.post("/v1/agents/" + agent + "/chat", """
                {"message": "%s", "stream": false}
                """.formatted(QUESTION));
        assertThat(answer).hasStatus(200).has("/message", "It stands in [1].");
        return answer;
    }

    private static String told() {
        return model.lastRequest().body().toString();
    }

    @Test
    void citesWhatTheOneWhoAsksMayRead() {
        String entry = secret(alice);

        Answer answer = ask(alice);

        assertThat(told()).contains(PASSAGE);
        assertThat(answer)
                .has("/citations/0/knowledge_id", entry)
                .has("/citations/0/version", 1)
                .has("/citations/0/title", "Vault in the cellar")
                .has("/citations/0/heading", "Money")
                .has("/citations/0/passage", "# Money\n\n" + PASSAGE)
                .has("/citations/0/cited", true);
        try (EventReader again = alice.stream("/v1/sessions/" + answer.text("/session_id") + "/stream")) {
            assertThat(again.until(event -> event.type().equals("knowledge")).data())
                    .contains(PASSAGE);
        }
    }

    @Test
    void tellsAnAgentNothingThatTheOneWhoAsksMayNotRead() {
        secret(alice);

        for (ApiClient other : List.of(bob, admin)) {
            assertThat(ask(other)).has("/citations", List.of());
            assertThat(told()).doesNotContain(PASSAGE);
        }
    }

    @Test
    void tellsAnAgentNothingForAKeyThatIsNotForKnowledge() {
        secret(alice);
        ApiClient chatting = server.withScopes(alice, Scope.TOOLS_EXECUTE, Scope.AGENTS_READ);

        assertThat(ask(chatting)).has("/citations", List.of());
        assertThat(told()).doesNotContain(PASSAGE);
    }

    /** A conversation is open to many; what it cites is not. */
    @Test
    void showsNobodyElseThePassage() {
        String entry = secret(alice);
        Answer answer = ask(alice);
        Map<String, String> ids = Map.of(
                "session",
                answer.text("/session_id"),
                "execution",
                answer.text("/execution_id"),
                "agent",
                agent,
                "knowledge",
                entry);

        Map<String, String> read = new TreeMap<>();
        for (Router.Route route : server.router().routes()) {
            String path = route.pattern();
            for (Map.Entry<String, String> id : ids.entrySet()) {
                path = path.replace("{" + id.getKey() + "}", id.getValue());
            }
            if (route.method().equals("GET")
                    && !route.open()
                    && route.guard() != Router.Guard.RUNNER
                    && !path.contains("{")
                    && !ENDLESS.contains(path)) {
                read.put(
                        path,
                        bob.get(path + (path.endsWith("/logs") ? "?follow=true" : ""))
                                .body());
            }
        }

        assertThat(read.get("/v1/sessions/" + ids.get("session") + "/stream"))
                .contains("event: knowledge", entry)
                .doesNotContain("heading");
        assertThat(read.get("/v1/sessions/" + ids.get("session") + "/messages")).contains("It stands in [1].");
        assertThat(read.get("/v1/executions/" + ids.get("execution") + "/logs")).contains("knowledge_id");
        assertThat(read)
                .allSatisfy((path, body) -> assertThat(body)
                        .as(path)
                        .doesNotContain("forty-seven eleven")
                        .doesNotContain("Vault in the cellar"));
        assertThat(server.stored("SELECT data::text FROM execution_event WHERE data::text LIKE '%forty-seven%'"))
                .isEmpty();
        assertThat(server.stored("SELECT data::text FROM event WHERE data::text LIKE '%forty-seven%'"))
                .isEmpty();
    }

    @Test
    void showsAPassageAgainAsLongAsItMayBeRead() {
        String group = People.group(admin, "vault keepers");
        ApiClient carol = colleague("carol@example.com", group);
        String entry = carol.create("/v1/knowledge", """
                {"title": "Vault in the cellar", "content": "%s", "groups": ["%s"]}
                """.formatted(PASSAGE, group));
        ApiClient dave = colleague("dave@example.com", group);
        Answer answer = ask(carol);
        String stream = "/v1/sessions/" + answer.text("/session_id") + "/stream";

        assertThat(dave.get(stream)).mentions(PASSAGE);
        assertThat(bob.get(stream)).doesNotMention(PASSAGE);
        assertThat(carol.put("/v1/knowledge/" + entry, "{\"content\": \"It was changed.\"}"))
                .hasStatus(200);
        assertThat(dave.get(stream)).mentions(PASSAGE);
        assertThat(carol.put("/v1/knowledge/" + entry, "{\"visibility\": \"private\"}"))
                .hasStatus(200);
        assertThat(dave.get(stream)).doesNotMention(PASSAGE);
        assertThat(carol.get(stream)).mentions(PASSAGE);
        assertThat(carol.delete("/v1/knowledge/" + entry)).hasStatus(200);
        assertThat(carol.get(stream)).doesNotMention(PASSAGE).mentions(entry);
    }

    /** Whoever can post an event to a webhook has none of its creator's rights to read what comes of it, but it is asked with them. */
    @Test
    void retrievesWithTheRightsOfTheWebhooksCreator() throws Exception {
        secret(alice);

        for (ApiClient creator : List.of(alice, bob)) {
            model.then(text("Done."));
            int before = model.requests().size();
            Answer webhook = creator.post("/v1/webhooks", """
                    {"name": "vault", "prompt": "%s", "agent_id": "%s"}
                    """.formatted(QUESTION, agent));
            assertThat(webhook).hasStatus(201);
            assertThat(server.anonymous()
                            .post(
                                    java.net
                                            .URI
                                            .create(webhook.text("/webhook_url"))
                                            .getPath(),
                                    "{}"))
                    .hasStatus(202);
            Eventually.see(() -> model.requests().size(), size -> size > before);

            assertThat(told().contains(PASSAGE)).isEqualTo(creator == alice);
        }
    }

    @Test
    void retrievesWithTheRightsOfATasksCreator() throws Exception {
        secret(alice);

        for (ApiClient creator : List.of(alice, bob)) {
            model.then(text("Done."));
            int before = model.requests().size();
            assertThat(creator.post("/v1/tasks", """
                    {"name": "vault", "prompt": "%s", "agent": "%s"}
                    """.formatted(QUESTION, agent)))
                    .hasStatus(201);
            Eventually.see(() -> model.requests().size(), size -> size > before);

            assertThat(told().contains(PASSAGE)).isEqualTo(creator == alice);
        }
    }
}

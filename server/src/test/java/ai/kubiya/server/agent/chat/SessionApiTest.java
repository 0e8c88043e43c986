package ai.kubiya.server.agent.chat;

import static ai.kubiya.server.testing.ScriptedReply.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.agent.chat.ChatTestServer.ChatClient;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.testing.Gate;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.ScriptedReply;
import ai.kubiya.server.testing.ScriptedReply.Part;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions, whole answers, and everything that is refused. */
class SessionApiTest {
    @TempDir
    private static Path data;

    private static ScriptedModelServer model;
    private static ChatTestServer server;
    private static ChatClient client;

    @BeforeAll
    static void start() throws IOException {
        model = new ScriptedModelServer();
        server = ChatTestServer.start(data, model);
        client = server.client();
    }

    @AfterAll
    static void stop() {
        server.close();
        model.close();
    }

    private static ObjectNode said(String message) {
        return Json.object().put("message", message);
    }

    private static String chatPath(JsonNode agent) {
        return "/v1/agents/" + agent.path("id").asText() + "/chat";
    }

    @Test
    void aSessionIsMadeReadAndListed() {
        JsonNode agent = client.agent();
        String agentId = agent.path("id").asText();

        assertThat(client.get("/v1/sessions?agent=" + agentId).is(200).json().path("data"))
                .isEmpty();
        Answer made = client.post("/v1/agents/" + agentId + "/sessions", Json.object())
                .is(201);
        JsonNode session = made.json();
        String path = "/v1/sessions/" + session.path("id").asText();

        assertThat(made.header("Location")).isEqualTo(path);
        assertThat(session.path("status").asText()).isEqualTo("idle");
        assertThat(session.path("agent_id").asText()).isEqualTo(agentId);
        assertThat(session.path("user").path("email").asText()).isEqualTo("admin@localhost");
        assertThat(client.get(path).is(200).json()).isEqualTo(session);
        assertThat(client.get(path + "/messages").is(200).json().path("data")).isEmpty();
        assertThat(client.get(path + "/stream").is(404).json().path("errorCode").asText())
                .isEqualTo("NOT_FOUND");
        assertThat(client.post(path + "/cancel", Json.object()).is(200).json()).isEqualTo(session);
    }

    @Test
    void listsAreNewestFirstAndPaged() {
        JsonNode agent = client.agent();
        String sessions = "/v1/agents/" + agent.path("id").asText() + "/sessions";
        for (int i = 1; i <= 3; i++) {
            client.post(sessions, Json.object().put("title", "number " + i)).is(201);
        }
        String list = "/v1/sessions?agent=" + agent.path("name").asText() + "&limit=2";

        JsonNode first = client.get(list).is(200).json();
        JsonNode second = client.get(list + "&offset=2").is(200).json();

        assertThat(first.path("data"))
                .extracting(row -> row.path("title").asText())
                .containsExactly("number 3", "number 2");
        assertThat(second.path("data"))
                .extracting(row -> row.path("title").asText())
                .containsExactly("number 1");
        assertThat(second.path("pagination").path("total").asInt()).isEqualTo(3);
    }

    @Test
    void messagesHaveASecondPage() {
        JsonNode agent = client.agent();
        model.then(text("one"), text("two"));
        EventReader first = client.chat(agent, "Say one", null);
        first.all();
        client.chat(agent, "Say two", first.session()).all();
        String messages = "/v1/sessions/" + first.session() + "/messages?limit=3";

        assertThat(client.get(messages).is(200).json().path("data")).hasSize(3);
        JsonNode page = client.get(messages + "&offset=3").is(200).json();

        assertThat(page.path("data"))
                .extracting(row -> row.path("content").asText())
                .containsExactly("two");
        JsonNode message = page.path("data").path(0);
        assertThat(message.path("seq").asInt()).isEqualTo(4);
        assertThat(message.path("role").asText()).isEqualTo("assistant");
        assertThat(message.path("usage").path("total_tokens").asInt()).isPositive();
        JsonNode session = client.get("/v1/sessions/" + first.session()).json();
        assertThat(session.path("title").asText()).isEqualTo("Say one");
        assertThat(session.path("message_count").asInt()).isEqualTo(4);
    }

    @Test
    void anAnswerComesWholeWhenNoStreamIsWanted() {
        JsonNode agent = client.agent(ChatTestServer.tool("greet", "echo hello"));
        model.then(ScriptedReply.calls(ScriptedReply.call("c1", "greet", "{}")), text("It said ", "hello."));

        Answer answer =
                client.post(chatPath(agent), said("Greet").put("stream", false)).is(200);
        JsonNode json = answer.json();

        assertThat(json.path("message").asText()).isEqualTo("It said hello.");
        assertThat(json.path("finish_reason").asText()).isEqualTo("stop");
        assertThat(json.path("session_id").asText()).isEqualTo(answer.header("X-Session-Id"));
        assertThat(json.path("execution_id").asText()).isEqualTo(answer.header("X-Execution-Id"));
        assertThat(json.path("usage").path("total_tokens").asInt()).isPositive();
        assertThat(json.path("tool_calls")).hasSize(1);
        JsonNode call = json.path("tool_calls").path(0);
        assertThat(call.path("name").asText()).isEqualTo("greet");
        assertThat(call.path("status").asText()).isEqualTo("completed");
        assertThat(call.path("result").asText()).isEqualTo("hello\n");
        assertThat(json.path("error").isNull()).isTrue();
    }

    @Test
    void oneTurnAtATime() throws InterruptedException {
        JsonNode agent = client.agent();
        Gate gate = new Gate();
        model.then(ScriptedReply.of("stop", List.of(new Part.Hold(gate), new Part.Text("At last."))));
        EventReader first = client.chat(agent, "Take your time", null);
        gate.awaitReached();
        ObjectNode second = said("Hurry").put("session_id", first.session());

        JsonNode refusal = client.post(chatPath(agent), second).is(409).json();
        JsonNode busy = client.get("/v1/sessions/" + first.session()).json();
        gate.open();

        assertThat(refusal.path("errorCode").asText()).isEqualTo("CONFLICT");
        assertThat(refusal.path("details").asText()).contains("/cancel");
        assertThat(busy.path("status").asText()).isEqualTo("running");
        assertThat(EventReader.text(first.all())).isEqualTo("At last.");
        assertThat(client.get("/v1/sessions/" + first.session())
                        .json()
                        .path("message_count")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void whatIsWrongIsNamedAndNothingIsKept() {
        JsonNode agent = client.agent();
        String list = "/v1/sessions?agent=" + agent.path("id").asText();

        assertThat(client.post(chatPath(agent), Json.object()).is(400).body()).contains("/message");
        assertThat(client.post(chatPath(agent), said(" ")).is(400).body()).contains("/message");
        assertThat(client.post(chatPath(agent), said("x").put("massage", "y"))
                        .is(400)
                        .body())
                .contains("/massage");
        client.post("/v1/agents/nobody/chat", said("x")).is(404);
        client.post(
                        chatPath(agent),
                        said("x").put("session_id", UUID.randomUUID().toString()))
                .is(404);
        client.post(chatPath(agent), said("x").put("session_id", "mine")).is(404);
        client.get("/v1/sessions/mine").is(404);
        client.get("/v1/sessions/" + UUID.randomUUID() + "/messages").is(404);
        client.get("/v1/sessions?limit=0").is(400);
        assertThat(client.get(list).json().path("data")).isEmpty();
    }

    @Test
    void aSessionBelongsToOneAgent() {
        JsonNode agent = client.agent();
        JsonNode other = client.agent();
        model.then(text("Hi."));
        EventReader stream = client.chat(agent, "Hi", null);
        stream.all();

        Answer refusal = client.post(chatPath(other), said("Hi").put("session_id", stream.session()))
                .is(400);

        assertThat(refusal.body()).contains("/session_id", agent.path("name").asText());
    }

    @Test
    void aSessionOutlivesItsAgent() {
        JsonNode agent = client.agent();
        model.then(text("Hi."));
        EventReader stream = client.chat(agent, "Hi", null);
        stream.all();
        client.send(client.request("/v1/agents/" + agent.path("id").asText())
                        .DELETE()
                        .build())
                .is(200);

        JsonNode session =
                client.get("/v1/sessions/" + stream.session()).is(200).json();

        assertThat(session.path("agent_id").isNull()).isTrue();
        assertThat(session.path("agent_name")).isEqualTo(agent.path("name"));
        assertThat(client.get("/v1/sessions/" + stream.session() + "/messages")
                        .json()
                        .path("data"))
                .hasSize(2);
    }

    @Test
    void anAgentMayChooseWhomItTalksTo() {
        ObjectNode open = Json.object().put("name", "for-me");
        open.putArray("allowed_users").add("ADMIN@localhost");
        JsonNode mine = client.post("/v1/agents", open).is(201).json();
        ObjectNode closed = Json.object().put("name", "for-others");
        closed.putArray("allowed_users").add("somebody@else.example");
        JsonNode theirs = client.post("/v1/agents", closed).is(201).json();
        model.then(text("Hi."));

        client.chat(mine, "Hi", null).all();
        JsonNode refusal = client.post(chatPath(theirs), said("Hi")).is(403).json();

        assertThat(refusal.path("details").asText()).contains("for-others", "admin@localhost", "allowed_users");
        client.post("/v1/agents/" + theirs.path("id").asText() + "/sessions", Json.object())
                .is(403);
    }

    @Test
    void aRetryOfAnotherMessageIsNoRetry() {
        JsonNode agent = client.agent();
        model.then(text("Hi."));
        EventReader stream = client.chat(agent, "Hi", null);
        stream.all();
        ObjectNode other = said("Something else").put("session_id", stream.session());

        client.send(client.request(chatPath(agent))
                        .header("Last-Event-ID", "1")
                        .POST(BodyPublishers.ofString(Json.text(other)))
                        .build())
                .is(409);
        client.send(client.request(chatPath(agent))
                        .header("Last-Event-ID", "1")
                        .POST(BodyPublishers.ofString(Json.text(said("Hi"))))
                        .build())
                .is(400);
    }

    @Test
    void aNulCharacterFromTheModelDoesNoHarm() {
        JsonNode agent = client.agent(ChatTestServer.tool("greet", "echo \"$what\""));
        model.then(
                ScriptedReply.calls(ScriptedReply.call("c1", "greet", "{\"what\":\"a\\u0000b\"}")),
                text("nul: \0 end"));

        List<EventReader.Event> events = client.chat(agent, "Go", null).all();

        assertThat(EventReader.text(events)).isEqualTo("nul: \uFFFD end");
        assertThat(EventReader.only(events, "tool.result").data().path("status").asText())
                .isEqualTo("refused");
    }
}

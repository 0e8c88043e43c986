package ai.kubiya.server.agent.chat;

import static ai.kubiya.server.agent.chat.ChatTestServer.tool;
import static ai.kubiya.server.testing.ScriptedReply.call;
import static ai.kubiya.server.testing.ScriptedReply.calls;
import static ai.kubiya.server.testing.ScriptedReply.refusal;
import static ai.kubiya.server.testing.ScriptedReply.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.agent.chat.ChatTestServer.ChatClient;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.ScriptedReply.Part;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chats as existing clients hold them. */
class ChatCompatTest {
    private static final int LONGEST_LINE = 64 << 10;

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

    private static ObjectNode body(JsonNode agent, String message, String session) {
        return Json.object()
                .put("message", message)
                .put("agent_uuid", agent.path("id").asText())
                .put("session_id", session)
                .put("user_email", "somebody@example.com")
                .put("org", "example");
    }

    private static Answer vercel(ObjectNode body) {
        HttpRequest request = client.request("/api/v1/hb/v4/stream")
                .header("x-vercel-ai-data-stream", "v1")
                .POST(BodyPublishers.ofString(Json.text(body)))
                .build();
        return client.send(request);
    }

    /** The JSON after {@code data: }, in order. */
    private static List<JsonNode> data(Answer answer) {
        return answer.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Json.parse(line.substring(6)))
                .toList();
    }

    @Test
    void theCommandLineReadsTheDataStreamProtocol() {
        JsonNode agent = client.agent(tool("greet", "echo hello"));
        model.then(calls(new Part.Text("Wait. "), call("c1", "greet", "{\"what\":\"x\"}")), text("Done."));
        String session = UUID.randomUUID().toString();

        Answer answer = vercel(body(agent, "Greet", session)).is(200);
        List<String> lines =
                answer.body().lines().filter(line -> !line.startsWith("2:")).toList();

        assertThat(answer.header("X-Session-Id")).isEqualTo(session);
        assertThat(lines)
                .containsExactly(
                        "0:\"Wait. \"",
                        "9:{\"toolCallId\":\"c1\",\"toolName\":\"greet\",\"args\":{\"what\":\"x\"}}",
                        "a:{\"toolCallId\":\"c1\",\"result\":\"hello\\n\"}",
                        "0:\"\\n\\nDone.\"",
                        lines.getLast());
        JsonNode end = Json.parse(lines.getLast().substring(2));
        assertThat(lines.getLast()).startsWith("d:");
        assertThat(end.path("finishReason").asText()).isEqualTo("stop");
        assertThat(end.path("usage").path("promptTokens").asInt()).isPositive();
    }

    @Test
    void dataLinesRepeatTheMessageSoFar() {
        JsonNode agent = client.agent();
        model.then(text("All ", "is ", "well."));

        Answer answer = client.post(
                        "/api/v1/hb/v4/stream",
                        body(agent, "How is it?", UUID.randomUUID().toString()))
                .is(200);
        List<JsonNode> lines = data(answer);

        assertThat(lines.getFirst().properties().stream().map(Map.Entry::getKey))
                .containsExactly(
                        "content",
                        "type",
                        "message_id",
                        "timestamp",
                        "sender_name",
                        "final",
                        "session_id",
                        "error",
                        "finish_reason");
        JsonNode last = lines.getLast();
        assertThat(last.path("final").asBoolean()).isTrue();
        assertThat(last.path("content").asText()).isEqualTo("All is well.");
        assertThat(last.path("finish_reason").asText()).isEqualTo("stop");
        assertThat(last.path("sender_name").asText()).isEqualTo("Bot");
        assertThat(last.path("session_id").asText()).isEqualTo(answer.header("X-Session-Id"));
        assertThat(lines).extracting(line -> line.path("content").asText()).allMatch("All is well."::startsWith);
    }

    @Test
    void noLineIsTooLong() {
        JsonNode agent = client.agent(tool("print", "head -c 60000 /dev/zero | tr '\\0' '\\033'"));
        String longText = "\u001b".repeat(40_000) + "end";
        model.then(calls(call("c1", "print", "{\"what\":\"" + "x".repeat(90_000) + "\"}")), text(longText));
        Answer plain = client.post(
                        "/api/v1/hb/v4/stream",
                        body(agent, "Print", UUID.randomUUID().toString()))
                .is(200);
        model.then(calls(call("c1", "print", "{\"what\":\"" + "x".repeat(90_000) + "\"}")), text(longText));
        Answer framed =
                vercel(body(agent, "Print", UUID.randomUUID().toString())).is(200);

        for (Answer answer : List.of(plain, framed)) {
            assertThat(answer.body().lines())
                    .allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length < LONGEST_LINE);
        }
        StringBuilder joined = new StringBuilder();
        framed.body()
                .lines()
                .filter(line -> line.startsWith("0:"))
                .forEach(line -> joined.append(Json.parse(line.substring(2)).asText()));
        assertThat(joined.toString()).isEqualTo(longText);
        Map<String, String> messages = new HashMap<>();
        data(plain).stream()
                .filter(line -> line.path("type").asText().equals("text"))
                .forEach(line -> messages.put(
                        line.path("message_id").asText(), line.path("content").asText()));
        assertThat(messages.values().stream().mapToInt(String::length).sum()).isEqualTo(longText.length());
    }

    @Test
    void converseAnswersLinesOfWhichTheLastCounts() {
        JsonNode agent = client.agent(tool("greet", "echo hello"));
        model.then(calls(call("c1", "greet", "{}")), text("All ", "is ", "well."));

        Answer answer = client.post(
                        "/api/v1/converse",
                        body(agent, "How is it?", UUID.randomUUID().toString()))
                .is(200);
        Map<String, JsonNode> last = new HashMap<>();
        answer.body()
                .lines()
                .filter(line -> !line.isEmpty())
                .map(Json::parse)
                .forEach(line -> last.put(line.path("id").asText(), line));

        assertThat(last.values())
                .extracting(line -> line.path("message").asText())
                .contains("All is well.", "hello\n");
        assertThat(last.values().stream().filter(line -> line.path("done").asBoolean()))
                .singleElement()
                .satisfies(line -> assertThat(line.path("message").asText()).isEqualTo("All is well."));
    }

    @Test
    void clientsNameTheirSessionsThemselves() {
        JsonNode agent = client.agent();
        model.then(text("One."), text("Two."), text("Three."), text("Four."));
        String own = UUID.randomUUID().toString();

        Answer first = vercel(body(agent, "Say one", own)).is(200);
        Answer second = vercel(body(agent, "Say two", own)).is(200);
        Answer named = vercel(body(agent, "Say three", "session-of-mine")).is(200);
        Answer again = vercel(body(agent, "Say four", "session-of-mine")).is(200);

        assertThat(first.header("X-Session-Id")).isEqualTo(own);
        assertThat(second.header("X-Session-Id")).isEqualTo(own);
        assertThat(client.get("/v1/sessions/" + own + "/messages").json().path("data"))
                .hasSize(4);
        assertThat(named.header("X-Session-Id")).isEqualTo(again.header("X-Session-Id"));
        assertThat(client.get("/v1/sessions/" + named.header("X-Session-Id") + "/messages")
                        .json()
                        .path("data"))
                .hasSize(4);
    }

    @Test
    void failuresAreErrorsInTheStreamAndRefusalsAreNot() {
        JsonNode agent = client.agent();
        model.then(refusal(401, "no such key"), refusal(401, "no such key"));

        Answer framed = vercel(body(agent, "Hi", UUID.randomUUID().toString())).is(200);
        List<JsonNode> plain = data(client.post(
                        "/api/v1/hb/v4/stream",
                        body(agent, "Hi", UUID.randomUUID().toString()))
                .is(200));

        assertThat(framed.body()).containsPattern("(?m)^3:\".+\"$").contains("\"finishReason\":\"error\"");
        assertThat(plain.getLast().path("final").asBoolean()).isTrue();
        assertThat(plain.getLast().path("error").asText()).isNotEmpty();
        assertThat(plain.getLast().path("finish_reason").asText()).isEqualTo("error");
        ObjectNode nobody =
                body(agent, "Hi", "x").put("agent_uuid", UUID.randomUUID().toString());
        vercel(nobody).is(404);
        vercel(body(agent, "", "x")).is(400);
    }

    @Test
    void featureFlagsNameTheModels() {
        JsonNode flags = client.post(
                        "/api/v1/featureflags",
                        Json.array().add("supported_llm_models").add("something_else"))
                .is(200)
                .json();

        assertThat(flags.path("supported_llm_models").asText()).isEqualTo("scripted,other");
        assertThat(flags.path("something_else").asText("missing")).isEmpty();
        client.post("/api/v1/featureflags", Json.object()).is(400);
    }
}

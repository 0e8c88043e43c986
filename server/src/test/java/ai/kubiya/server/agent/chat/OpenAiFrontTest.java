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
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents behind the protocol of chat completions. */
class OpenAiFrontTest {
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

    private static HttpRequest.Builder bearer(String path) {
        return HttpRequest.newBuilder(java.net.URI.create(client.url() + path))
                .header("Authorization", "Bearer " + client.key());
    }

    private static Answer complete(JsonNode body) {
        return client.send(bearer("/v1/chat/completions")
                .POST(BodyPublishers.ofString(Json.text(body)))
                .build());
    }

    private static ObjectNode asking(JsonNode agent, String question) {
        ObjectNode body =
                Json.object().put("model", "agent/" + agent.path("name").asText());
        body.putArray("messages").addObject().put("role", "user").put("content", question);
        return body;
    }

    @Test
    void answersWhole() {
        JsonNode agent = client.agent(tool("greet", "echo hello"));
        model.then(calls(call("c1", "greet", "{}")), text("It said ", "hello."));

        Answer answer = complete(asking(agent, "Greet").put("temperature", 0.3)).is(200);
        JsonNode json = answer.json();

        assertThat(json.path("object").asText()).isEqualTo("chat.completion");
        assertThat(json.path("model").asText())
                .isEqualTo("agent/" + agent.path("name").asText());
        JsonNode choice = json.path("choices").path(0);
        assertThat(choice.path("message").path("role").asText()).isEqualTo("assistant");
        assertThat(choice.path("message").path("content").asText()).isEqualTo("It said hello.");
        assertThat(choice.path("message").has("tool_calls")).isFalse();
        assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
        assertThat(json.path("usage").path("total_tokens").asInt()).isPositive();
        JsonNode session = client.get("/v1/sessions/" + answer.header("X-Session-Id"))
                .is(200)
                .json();
        assertThat(session.path("title").asText()).isEqualTo("Greet");
    }

    @Test
    void streamsChunks() {
        JsonNode agent = client.agent();
        model.then(text("All ", "is ", "well."));
        ObjectNode body = asking(agent, "How is it?").put("stream", true);
        body.putObject("stream_options").put("include_usage", true);

        Answer answer = complete(body).is(200);
        List<String> lines =
                answer.body().lines().filter(line -> line.startsWith("data: ")).toList();

        assertThat(lines.getLast()).isEqualTo("data: [DONE]");
        List<JsonNode> chunks = lines.subList(0, lines.size() - 1).stream()
                .map(line -> Json.parse(line.substring(6)))
                .toList();
        assertThat(chunks)
                .allMatch(chunk -> chunk.path("object").asText().equals("chat.completion.chunk"))
                .allMatch(chunk -> chunk.path("id").equals(chunks.getFirst().path("id")));
        assertThat(chunks.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(chunk.at("/choices/0/delta/content").asText()));
        assertThat(text.toString()).isEqualTo("All is well.");
        assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
        assertThat(chunks.getLast().path("choices")).isEmpty();
        assertThat(chunks.getLast().at("/usage/total_tokens").asInt()).isPositive();
    }

    @Test
    void theConversationComesWithTheRequest() {
        JsonNode agent = client.agent();
        model.then(text("It was blue."));
        ObjectNode body = Json.object().put("model", agent.path("id").asText());
        var messages = body.putArray("messages");
        messages.addObject().put("role", "system").put("content", "Answer in one sentence.");
        messages.addObject().put("role", "user").put("content", "Which colour?");
        messages.addObject().put("role", "assistant").put("content", "It is blue.");
        messages.addObject()
                .put("role", "user")
                .putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", "And yesterday?");

        complete(body).is(200);

        JsonNode asked = model.lastRequest().messages();
        assertThat(asked.path(0).path("content").asText()).contains("You are an operator.", "Answer in one sentence.");
        assertThat(asked)
                .extracting(message -> message.path("content").asText())
                .endsWith("Which colour?", "It is blue.", "And yesterday?");
    }

    @Test
    void aClientLibraryCanTalkToAnAgent() {
        JsonNode agent = client.agent();
        model.then(text("All is well."));
        OpenAiChatModel library = OpenAiChatModel.builder()
                .httpClientBuilder(JdkHttpClient.builder())
                .baseUrl(client.url() + "/v1")
                .apiKey(client.key())
                .modelName("agent/" + agent.path("name").asText())
                .build();

        assertThat(library.chat(UserMessage.from("How is it?")).aiMessage().text())
                .isEqualTo("All is well.");
    }

    @Test
    void modelsAreAgents() {
        JsonNode agent = client.agent();
        String id = "agent/" + agent.path("name").asText();

        JsonNode list = client.send(bearer("/v1/models").build()).is(200).json();
        JsonNode one = client.send(bearer("/v1/models/" + id).build()).is(200).json();

        assertThat(list.path("object").asText()).isEqualTo("list");
        assertThat(list.path("data")).extracting(row -> row.path("id").asText()).contains(id);
        assertThat(one.path("object").asText()).isEqualTo("model");
        assertThat(one.path("id").asText()).isEqualTo(id);
    }

    @Test
    void errorsHaveTheShapeThatClientsParse() {
        JsonNode agent = client.agent();
        ObjectNode unknown = asking(agent, "Hi").put("model", "agent/nobody");
        ObjectNode withTools = asking(agent, "Hi");
        withTools.putArray("tools").addObject().put("type", "function");
        ObjectNode endsWithAnswer = asking(agent, "Hi");
        ((com.fasterxml.jackson.databind.node.ArrayNode) endsWithAnswer.path("messages"))
                .addObject()
                .put("role", "assistant")
                .put("content", "Hi.");

        assertThat(complete(unknown).is(404).json().at("/error/code").asText()).isEqualTo("model_not_found");
        assertThat(complete(unknown.put("model", "gpt-4"))
                        .is(404)
                        .json()
                        .at("/error/message")
                        .asText())
                .contains("agent/NAME");
        JsonNode refused = complete(withTools).is(400).json().path("error");
        assertThat(refused.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(refused.path("param").asText()).isEqualTo("/tools");
        complete(endsWithAnswer).is(400);
        complete(Json.object()).is(400);
    }

    @Test
    void aFailedTurnIsNotToBeSentAgain() {
        JsonNode agent = client.agent();
        model.then(refusal(401, "no such key"), refusal(401, "no such key"));

        Answer whole = complete(asking(agent, "Hi")).is(502);
        Answer stream = complete(asking(agent, "Hi").put("stream", true)).is(200);

        assertThat(whole.header("x-should-retry")).isEqualTo("false");
        assertThat(whole.json().at("/error/code").asText()).isEqualTo("model_auth");
        assertThat(stream.body()).contains("\"error\":{").contains("data: [DONE]");
    }
}

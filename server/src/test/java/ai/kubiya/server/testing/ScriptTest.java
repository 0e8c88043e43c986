package ai.kubiya.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The scripted model as somebody uses it by hand, without a stream. */
class ScriptTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void answersByConditionFirstAndInOrderOtherwise() throws IOException, InterruptedException {
        Script script = Script.read(JSON, """
                {"steps": [
                  {"when": "pods", "text": "Looking.", "tool_calls": [{"name": "kubectl", "arguments": {"command": "get"}}]},
                  {"text": "First."}, {"text": "Second."}
                ]}
                """);
        try (ScriptedModelServer server = new ScriptedModelServer().play(script)) {
            assertThat(ask(server, "hello").path("content").asText()).isEqualTo("First.");
            JsonNode message = ask(server, "which pods?");
            assertThat(message.path("content").asText()).isEqualTo("Looking.");
            assertThat(message.path("tool_calls")
                            .path(0)
                            .path("function")
                            .path("arguments")
                            .asText())
                    .isEqualTo("{\"command\":\"get\"}");
            assertThat(ask(server, "hello").path("content").asText()).isEqualTo("Second.");
        }
    }

    private static JsonNode ask(ScriptedModelServer server, String content) throws IOException, InterruptedException {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return JSON.readTree(answer).path("choices").path(0).path("message");
        }
    }
}

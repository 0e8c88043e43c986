package ai.kubiya.server.agent.chat;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.agent.chat.ChatTestServer.ChatClient;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that nobody gave a model. */
class NoModelTest {
    @TempDir
    private Path data;

    @Test
    void chatSaysWhatToSetAndKeepsNothing() throws IOException {
        try (ChatTestServer server = ChatTestServer.start(data, null)) {
            ChatClient client = server.client();
            JsonNode agent = client.agent();

            Answer refusal = client.post(
                            "/v1/agents/" + agent.path("id").asText() + "/chat",
                            Json.object().put("message", "Hi"))
                    .is(503);

            assertThat(refusal.json().path("errorCode").asText()).isEqualTo("UNAVAILABLE");
            assertThat(refusal.json().path("details").asText()).contains("KUBIYA_LLM_PROVIDER", "KUBIYA_LLM_API_KEY");
            assertThat(refusal.header("Retry-After")).isNotEmpty();
            assertThat(client.get("/v1/sessions").is(200).json().path("data")).isEmpty();
            assertThat(client.get("/v1/executions").is(200).json().path("data")).isEmpty();

            JsonNode flags = client.post("/api/v1/featureflags", Json.array().add("supported_llm_models"))
                    .is(200)
                    .json();
            assertThat(flags.path("supported_llm_models").asText()).isEmpty();
            Answer openAi = client.post(
                            "/v1/chat/completions",
                            Json.parse("{\"model\":\"agent/%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
                                    .formatted(agent.path("name").asText())))
                    .is(503);
            assertThat(openAi.json().path("error").path("message").asText()).contains("KUBIYA_LLM_PROVIDER");
        }
    }
}

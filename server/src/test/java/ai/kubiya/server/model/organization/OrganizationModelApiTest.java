package ai.kubiya.server.model.organization;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.ScriptedReply;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

@ServerTest(settings = "KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true")
class OrganizationModelApiTest {
    private static final String PATH = "/v1/organization/model";

    private static String body(ScriptedModelServer model, String key) {
        return """
                {"provider": "openai", "base_url": "%s", "api_key": "%s", "models": ["first", "second"]}
                """.formatted(model.url(), key);
    }

    @Test
    void talksThroughTheOrganisationsOwnModelWithItsKey(ApiClient client) throws IOException {
        client.create("/v1/agents", "{\"name\": \"helper\"}");
        String chat = "{\"message\": \"Hi\", \"stream\": false}";
        assertThat(client.post("/v1/agents/helper/chat", chat)).hasStatus(503).hasErrorCode("UNAVAILABLE");

        try (ScriptedModelServer model = new ScriptedModelServer()) {
            model.then(ScriptedReply.text("Hello ", "there."));
            assertThat(client.put(PATH, body(model, "sk-of-this-organisation")))
                    .hasStatus(200)
                    .has("/configured_by", "organization")
                    .has("/api_key_set", true)
                    .doesNotMention("sk-of-this");

            assertThat(client.post("/v1/agents/helper/chat", chat))
                    .hasStatus(200)
                    .mentions("Hello there.");
            assertThat(model.requests().getFirst().headers().get("authorization"))
                    .contains("sk-of-this-organisation");
        }
    }

    @Test
    void belongsToOneOrganisationAlone(TestServer server, ApiClient client) throws IOException {
        try (ScriptedModelServer model = new ScriptedModelServer()) {
            assertThat(client.put(PATH, body(model, "sk-x"))).hasStatus(200);
        }

        ApiClient other = server.newOrganization();
        assertThat(other.get(PATH))
                .hasStatus(200)
                .has("/configured_by", "nobody")
                .has("/api_key_set", false);
        assertThat(other.create("/v1/agents", "{\"name\": \"free\", \"llm_model\": \"any\"}"))
                .isNotEmpty();
        assertThat(client.post("/v1/agents", "{\"name\": \"bound\", \"llm_model\": \"any\"}"))
                .hasStatus(400)
                .hasFieldError("/llm_model", "first, second");
    }

    @Test
    void keepsTheKeyOnlyWhileTheEndpointStays(ApiClient client) throws IOException {
        try (ScriptedModelServer model = new ScriptedModelServer();
                ScriptedModelServer elsewhere = new ScriptedModelServer()) {
            client.put(PATH, body(model, "sk-x"));
            String withoutKey = """
                    {"provider": "openai", "base_url": "%s", "models": ["third"]}
                    """;

            assertThat(client.put(PATH, withoutKey.formatted(model.url())))
                    .hasStatus(200)
                    .has("/api_key_set", true)
                    .has("/models/0", "third");
            assertThat(client.put(PATH, withoutKey.formatted(elsewhere.url())))
                    .hasStatus(200)
                    .has("/api_key_set", false);
        }
    }

    @Test
    void goesBackToTheServersModelWhenRemoved(ApiClient client) throws IOException {
        try (ScriptedModelServer model = new ScriptedModelServer()) {
            client.put(PATH, body(model, "sk-x"));
        }
        assertThat(client.delete(PATH)).hasStatus(200).has("/result", "ok");
        assertThat(client.get(PATH)).has("/configured_by", "nobody");
        assertThat(client.delete(PATH)).hasStatus(404);
    }

    @Test
    void saysWhatIsWrongWithASetting(ApiClient client) {
        assertThat(client.put(PATH, "{}")).hasStatus(400).hasFieldError("/provider", "required");
        assertThat(client.put(PATH, "{\"provider\": \"clippy\"}"))
                .hasStatus(400)
                .saysWhy("openai, anthropic or ollama");
        assertThat(client.put(PATH, "{\"provider\": \"openai\"}"))
                .hasStatus(400)
                .saysWhy("api_key");
        Answer url = client.put(PATH, "{\"provider\": \"ollama\", \"base_url\": \"nonsense\", \"models\": [\"x\"]}");
        assertThat(url).hasStatus(400).doesNotMention("KUBIYA_LLM");
    }

    @Test
    void asksForAnAdministrator(TestServer server, ApiClient client) {
        ApiClient reader = server.withScopes(client, Scope.AGENTS_WRITE);

        assertThat(reader.get(PATH)).hasStatus(200);
        assertThat(reader.put(PATH, "{\"provider\": \"openai\"}"))
                .hasStatus(403)
                .hasErrorCode("INSUFFICIENT_SCOPE");
    }
}

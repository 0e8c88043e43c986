package ai.kubiya.server.knowledge.external;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import org.junit.jupiter.api.Test;

/** External knowledge as Terraform's provider declares it. */
@ServerTest
class ExternalKnowledgeCompatTest {
    private static final String PATH = "/api/v1/rag/integration/slack";

    @Test
    void isKeptListedChangedAndRemoved(ApiClient client) {
        assertThat(client.get(PATH).json().isArray()).isTrue();
        assertThat(client.get(PATH).json()).isEmpty();

        Answer made = client.post(PATH, "{\"channel_ids\": [\"C1\", \"C2\"]}");

        assertThat(made)
                .hasStatus(200)
                .has("/channel_ids/1", "C2")
                .has("/integration_type", "slack")
                .has("/user_email", client.get("/v1/auth/me").text("/user/email"))
                .mentions("start_date")
                .mentions("message");
        String one = PATH + "/" + made.text("/uuid");
        assertThat(client.get(one)).hasStatus(200).has("/channel_ids/0", "C1").mentions("created_at");
        assertThat(client.put(one, "{\"uuid\": \"x\", \"channel_ids\": [\"C3\"]}"))
                .hasStatus(200)
                .has("/channel_ids/0", "C3");
        client.post(PATH, "{\"channel_ids\": [\"C4\"]}");
        assertThat(client.get(PATH + "?limit=1&page=2").json()).hasSize(1);
        assertThat(client.get(PATH + "?limit=1&page=2")
                        .json()
                        .at("/0/channel_ids/0")
                        .asText())
                .isEqualTo("C4");
        assertThat(client.withHeader("If-Match", made.header("ETag").orElseThrow())
                        .delete(one))
                .hasStatus(412);
        assertThat(client.delete(one)).hasStatus(200);
        assertThat(client.get(one)).hasStatus(404);
        assertThat(client.delete(one)).hasStatus(404);
        assertThat(client.get(PATH).json()).hasSize(1);
    }

    @Test
    void refusesWhatIsWrong(ApiClient client) {
        assertThat(client.post(PATH, "{}")).hasStatus(400).hasFieldError("/channel_ids", "required");
        assertThat(client.post(PATH, "{\"channel_ids\": \"C1\"}"))
                .hasStatus(400)
                .hasFieldError("/channel_ids", "array");
        assertThat(client.post(PATH, "{\"channel_ids\": [\" \"]}"))
                .hasStatus(400)
                .hasFieldError("/channel_ids/0", "1 to 200");
        assertThat(client.get("/api/v1/rag/integration/notion")).hasStatus(404);
        assertThat(client.get(PATH + "/none")).hasStatus(404);
    }
}

package ai.kubiya.server.knowledge;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code /api/v1/knowledge} as existing clients speak to it. */
@ServerTest
class KnowledgeCompatApiTest {

    /** As the Terraform provider does: no Content-Type, nulls for empty lists, everything sent back. */
    @Test
    void servesTheTerraformProvider(ApiClient client) {
        String group = People.group(client, "sre");
        String agent = client.create("/v1/agents", "{\"name\": \"helper\"}");
        Answer created = client.send(
                "POST", "/api/v1/knowledge", """
                {"name": "n", "description": "d", "labels": null, "groups": null, "content": "c", "type": "knowledge",
                 "source": "terraform", "owner": "", "supported_agents": ["%s"], "supported_agents_groups": [],
                 "managed_by": "terraform", "task_id": "t", "uuid": "", "created_at": "", "updated_at": ""}
                """.formatted(agent).getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(created)
                .hasStatus(200)
                .has("/labels", List.of())
                .has("/groups", List.of())
                .has("/supported_agents", List.of(agent))
                .has("/source", "terraform")
                .has("/managed_by", "terraform")
                .has("/task_id", "t");
        ObjectNode all = (ObjectNode) created.json();
        all.putArray("groups").add(group);
        Answer updated = client.put("/api/v1/knowledge/" + created.text("/uuid"), all.toString());
        assertThat(updated).hasStatus(200).has("/groups", List.of(group));
        assertThat(client.get("/api/v1/knowledge").json().get(0)).isEqualTo(updated.json());
        assertThat(client.withHeader("force", "true").delete("/api/v1/knowledge/" + created.text("/uuid")))
                .hasStatus(200)
                .has("/result", "ok");
        assertThat(client.get("/api/v1/knowledge").body()).isEqualTo("[]");
    }

    @Test
    void servesTheCommandLine(ApiClient client) {
        Answer created = client.post("/api/v1/knowledge", """
                {"uuid": "", "name": "n", "description": "", "labels": [], "groups": [], "owner": "", "type": "knowledge",
                 "source": "manual", "content": "about payments", "properties": {}, "supported_agents": [],
                 "created_at": "0001-01-01T00:00:00Z", "updated_at": "0001-01-01T00:00:00Z", "anything": 1}
                """);
        client.post("/api/v1/knowledge", "{\"name\": \"other\", \"content\": \"x\"}");

        assertThat(created).hasStatus(200).has("/owner", People.id(client));
        assertThat(client.get("/api/v1/knowledge?limit=1").column("name")).containsExactly("n");
        assertThat(client.get("/api/v1/knowledge?limit=1&page=2").column("name"))
                .containsExactly("other");
        assertThat(client.get("/api/v1/knowledge?query=oth&limit=50").column("name"))
                .containsExactly("other");
        assertThat(client.get("/api/v1/knowledge").header("X-Total-Count")).contains("2");
    }

    @Test
    void takesAnEntryWithoutContent(ApiClient client) {
        assertThat(client.post("/api/v1/knowledge", "{\"name\": \"n\"}"))
                .hasStatus(200)
                .has("/content", "");
        assertThat(client.post("/api/v1/knowledge", "{\"content\": \"c\"}"))
                .hasStatus(400)
                .hasFieldError("/name", "is required");
    }
}

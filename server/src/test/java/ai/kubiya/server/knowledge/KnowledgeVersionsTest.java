package ai.kubiya.server.knowledge;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What entries said. */
@ServerTest
class KnowledgeVersionsTest {
    private String path = "";

    @BeforeEach
    void threeVersions(ApiClient client) {
        path = "/v1/knowledge/" + client.create("/v1/knowledge", """
                        {"title": "Restart", "content": "first\\nsame\\n", "tags": ["a"]}
                        """);
        client.put(path, "{\"content\": \"second\\nsame\\n\", \"tags\": [\"a\", \"b\"]}");
        client.put(path, "{\"title\": \"Restarting\", \"content\": \"third\\nsame\\n\"}");
    }

    @Test
    void areListedWithWhatTheySaid(ApiClient client) {
        Answer list = client.get(path + "/versions");

        assertThat(list).has("/pagination/total", 3);
        assertThat(list.column("version")).containsExactly("1", "2", "3");
        assertThat(list.column("content")).containsExactly("first\nsame\n", "second\nsame\n", "third\nsame\n");
        assertThat(list.column("title")).containsExactly("Restart", "Restart", "Restarting");
        assertThat(client.get(path + "/versions?order=desc&limit=1&offset=1").column("version"))
                .containsExactly("2");
        assertThat(client.get(path + "/versions/2"))
                .hasStatus(200)
                .has("/content", "second\nsame\n")
                .has("/labels", List.of("a", "b"))
                .has("/created_by", "someone@" + client.organizationName());
    }

    @Test
    void areComparedLineByLine(ApiClient client) {
        Answer diff = client.get(path + "/versions/2/diff");

        assertThat(diff)
                .has("/from", 1)
                .has("/to", 2)
                .has("/changes/0/field", "labels")
                .has("/changes/0/after", List.of("a", "b"))
                .has("/diff", "--- version 1\n+++ version 2\n@@ -1,2 +1,2 @@\n-first\n+second\n same\n");
        assertThat(client.get(path + "/versions/3/diff?from=1"))
                .has("/changes/0/field", "name")
                .mentions("-first");
        assertThat(client.get(path + "/versions/1/diff"))
                .has("/from", 0)
                .mentions("+first")
                .mentions("+same");
        assertThat(client.get(path + "/versions/1/diff?from=1"))
                .has("/diff", "")
                .has("/changes", List.of());
    }

    @Test
    void comeBackAsNewOnes(ApiClient client) {
        assertThat(client.patch(path, "{\"visibility\": \"private\"}")).hasStatus(200);

        Answer restored = client.post(path + "/versions/1/restore", "");

        assertThat(restored)
                .hasStatus(200)
                .hasHeader("ETag")
                .has("/version", 4)
                .has("/title", "Restart")
                .has("/content", "first\nsame\n")
                .has("/labels", List.of("a"))
                .has("/visibility", "private");
        assertThat(client.get(path + "/versions/4")).has("/restored_from", 1);
        assertThat(client.get(path + "/versions/3"))
                .has("/content", "third\nsame\n")
                .hasNull("/restored_from");
        assertThat(client.post(path + "/versions/4/restore", "")).has("/version", 4);
    }

    @Test
    void areNotFoundWhereThereAreNone(ApiClient client) {
        for (String version : List.of("4", "0", "-1", "x", "99999999999")) {
            assertThat(client.get(path + "/versions/" + version).status()).isIn(400, 404);
            assertThat(client.post(path + "/versions/" + version + "/restore", "")
                            .status())
                    .isIn(400, 404);
        }
        assertThat(client.get(path + "/versions/2/diff?from=9")).hasStatus(404);
        assertThat(client.get("/v1/knowledge/nothing/versions")).hasStatus(404);
    }

    @Test
    void areTheSameForExistingClients(ApiClient client) {
        JsonNode list = client.get("/api" + path + "/versions").json();

        assertThat(list.isArray()).isTrue();
        assertThat(list.get(0).path("version").asInt()).isEqualTo(1);
        assertThat(client.get("/api" + path + "/versions?limit=1&page=2").column("version"))
                .containsExactly("2");
    }
}

package ai.kubiya.server.knowledge;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /v1/knowledge}. */
@ServerTest
class KnowledgeApiTest {
    private static final String RUNBOOK = """
            {"title": "Restarting payments", "content": "Drain the queue first.", "tags": ["payments", "runbook"],
             "description": "when it hangs", "properties": {"reviewed": true, "times": 3},
             "metadata": {"source": "wiki", "format": "text"}}
            """;

    @Test
    void keepsAnEntryInBothSpellings(ApiClient client) {
        Answer created = client.post("/v1/knowledge", RUNBOOK);

        assertThat(created)
                .hasStatus(201)
                .hasHeader("Location", "/v1/knowledge/" + created.id())
                .hasHeader("ETag")
                .has("/uuid", created.id())
                .has("/version", 1)
                .has("/title", "Restarting payments")
                .has("/name", "Restarting payments")
                .has("/tags", List.of("payments", "runbook"))
                .has("/labels", List.of("payments", "runbook"))
                .has("/content", "Drain the queue first.")
                .has("/content_hash", "977a497eb00ec5661455c72d15ba9be43f038725a999cd2a7157a37c78666d37")
                .has("/description", "when it hangs")
                .has("/properties", Map.of("reviewed", "true", "times", "3"))
                .has("/source", "wiki")
                .has("/metadata", Map.of("source", "wiki", "format", "text", "size_bytes", 22))
                .has("/type", "knowledge")
                .has("/visibility", "organization")
                .has("/owner", People.id(client))
                .has("/groups", List.of())
                .has("/supported_agents", List.of())
                .has("/supported_agents_groups", List.of())
                .has("/created_by", "someone@" + client.organizationName());
        for (String path : List.of(created.id(), "Restarting%20payments")) {
            assertThat(client.get("/v1/knowledge/" + path))
                    .hasStatus(200)
                    .has("", created.json())
                    .hasHeader("ETag", created.header("ETag").orElseThrow());
        }
        assertThat(client.get("/v1/knowledge")).has("/data/0", created.json()).has("/pagination/total", 1);
    }

    @Test
    void takesTheOtherSpelling(ApiClient client) {
        assertThat(client.post("/v1/knowledge", """
                {"name": "n", "content": "c", "labels": ["l"], "source": "s"}
                """))
                .hasStatus(201)
                .has("/title", "n")
                .has("/tags", List.of("l"))
                .has("/metadata/source", "s");
    }

    @Test
    void takesTheSpellingThatChangedWhenBothComeBack(ApiClient client) {
        ObjectNode read = (ObjectNode) client.post("/v1/knowledge", RUNBOOK).json();
        String path = "/v1/knowledge/" + read.path("id").asText();

        assertThat(client.put(path, read.deepCopy().put("title", "New title").toString()))
                .hasStatus(200)
                .has("/name", "New title");
        assertThat(client.put(
                        path,
                        read.deepCopy()
                                .put("title", "New title")
                                .put("name", "Newer")
                                .toString()))
                .hasStatus(200)
                .has("/title", "Newer");
        assertThat(client.put(path, "{\"title\": \"a\", \"name\": \"b\"}"))
                .hasStatus(400)
                .hasFieldError("/title", "another spelling of /name");
        assertThat(client.post("/v1/knowledge", "{\"title\": \"a\", \"name\": \"b\", \"content\": \"c\"}"))
                .hasStatus(400)
                .hasFieldError("/title", "send one of them");
        assertThat(client.put(path, "{\"metadata\": {\"source\": \"elsewhere\"}}"))
                .hasStatus(200)
                .has("/source", "elsewhere");
    }

    @Test
    void changesAndDeletes(ApiClient client) {
        Answer created = client.post("/v1/knowledge", RUNBOOK);
        String path = "/v1/knowledge/" + created.id();

        assertThat(client.patch(path, "{\"properties\": {\"times\": null, \"by\": \"ada\"}, \"tags\": null}"))
                .hasStatus(200)
                .has("/properties", Map.of("reviewed", "true", "by", "ada"))
                .has("/labels", List.of())
                .has("/content", "Drain the queue first.")
                .has("/version", 2);
        assertThat(client.put(path, "{\"content\": \"Drain both queues.\"}"))
                .hasStatus(200)
                .has("/title", "Restarting payments")
                .has("/version", 3);
        assertThat(client.delete(path)).hasStatus(200).has("/result", "ok");
        assertThat(client.get(path)).hasStatus(404).saysWhy("knowledge entry");
        assertThat(client.delete(path)).hasStatus(404);
    }

    @Test
    void makesNoVersionOfWhatStaysAsItIs(ApiClient client) {
        Answer created = client.post("/v1/knowledge", RUNBOOK);
        String path = "/v1/knowledge/" + created.id();

        Answer same = client.put(path, created.body());

        assertThat(same)
                .hasStatus(200)
                .has("", created.json())
                .hasHeader("ETag", created.header("ETag").orElseThrow());
        Answer restricted = client.put(path, "{\"visibility\": \"private\"}");
        assertThat(restricted).has("/version", 1).has("/visibility", "private");
        assertThat(restricted.header("ETag")).isNotEqualTo(created.header("ETag"));
    }

    @Test
    void guardsAChangeByTheTag(ApiClient client) {
        Answer created = client.post("/v1/knowledge", RUNBOOK);
        String path = "/v1/knowledge/" + created.id();
        ApiClient late = client.withHeader("If-Match", created.header("ETag").orElseThrow());
        assertThat(late.patch(path, "{\"description\": \"first\"}")).hasStatus(200);

        assertThat(late.patch(path, "{\"description\": \"second\"}")).hasStatus(412);
        assertThat(late.post(path + "/versions/1/restore", "")).hasStatus(412);
        assertThat(late.delete(path)).hasStatus(412);
        assertThat(client.get(path)).has("/description", "first");
        assertThat(client.withHeader(
                                "If-None-Match", client.get(path).header("ETag").orElseThrow())
                        .get(path))
                .hasStatus(304);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"content\": \"c\"} | /title | is required",
                "{\"title\": \"t\"} | /content | is required",
                "{\"title\": \" \", \"content\": \"c\"} | /title | empty",
                "{\"title\": \"t\", \"content\": \"c\", \"visibility\": \"secret\"} | /visibility | organization",
                "{\"title\": \"t\", \"content\": \"c\", \"tags\": \"x\"} | /tags | must be an array",
                "{\"title\": \"t\", \"content\": \"c\", \"groups\": [\"ghosts\"]} | /groups/0 | there is no group",
                "{\"title\": \"t\", \"content\": \"c\", \"supported_agents\": [\"x\"]} | /supported_agents/0 | there is no agent",
                "{\"title\": \"t\", \"content\": \"c\", \"owner\": \"x@y\"} | /owner | there is no user",
                "{\"title\": \"t\", \"content\": \"c\", \"metadata\": {\"size\": 1}} | /metadata/size | is not a field",
                "{\"title\": \"t\", \"content\": \"c\", \"colour\": 1} | /colour | is not a field",
            })
    void saysWhatIsWrong(String body, String field, String words, ApiClient client) {
        assertThat(client.post("/v1/knowledge", body)).hasStatus(400).hasFieldError(field, words);
    }

    @Test
    void refusesAContentThatIsTooLong(ApiClient client) {
        String body = "{\"title\": \"t\", \"content\": \"" + "x".repeat(1_000_001) + "\"}";

        assertThat(client.post("/v1/knowledge", body)).hasStatus(400).hasFieldError("/content", "1000000");
    }

    @Test
    void listsByTagTypeAndOrder(ApiClient client) {
        for (String name : List.of("b", "a", "c")) {
            client.create("/v1/knowledge", """
                    {"title": "%s", "content": "c", "tags": ["all", "only-%s"], "type": "%s"}
                    """.formatted(name, name, name.equals("c") ? "faq" : "knowledge"));
        }
        client.put("/v1/knowledge/b", "{\"content\": \"newer\"}");

        assertThat(client.get("/v1/knowledge").column("title")).containsExactly("b", "a", "c");
        assertThat(client.get("/v1/knowledge?order=desc").column("title")).containsExactly("c", "a", "b");
        assertThat(client.get("/v1/knowledge?sort=title").column("title")).containsExactly("a", "b", "c");
        assertThat(client.get("/v1/knowledge?sort=updated_at&order=desc").column("title"))
                .startsWith("b");
        assertThat(client.get("/v1/knowledge?tag=only-a").column("title")).containsExactly("a");
        assertThat(client.get("/v1/knowledge?label=all,only-b").column("title")).containsExactly("b");
        assertThat(client.get("/v1/knowledge?type=faq").column("title")).containsExactly("c");
        assertThat(client.get("/v1/knowledge?visibility=private").rows()).isEmpty();
        assertThat(client.get("/v1/knowledge?limit=2&sort=name&offset=2"))
                .has("/data/0/title", "c")
                .has("/pagination/total", 3);
        assertThat(client.get("/v1/knowledge?sort=size")).hasStatus(400).hasFieldError("sort", "created_at");
        assertThat(client.get("/v1/knowledge?order=up")).hasStatus(400).hasFieldError("order", "desc");
    }

    @Test
    void leavesLongContentsOutOfLists(ApiClient client) {
        String id =
                client.create("/v1/knowledge", "{\"title\": \"long\", \"content\": \"" + "é".repeat(20_000) + "\"}");

        assertThat(client.get("/v1/knowledge").at("/data/0").has("content")).isFalse();
        assertThat(client.get("/v1/knowledge").at("/data/0/metadata/size_bytes").asInt())
                .isEqualTo(40_000);
        assertThat(client.get("/v1/knowledge/" + id)).has("/content", "é".repeat(20_000));
        assertThat(client.get("/v1/knowledge/" + id + "/versions").at("/data/0").has("content"))
                .isFalse();
        assertThat(client.get("/v1/knowledge/" + id + "/versions/1")).has("/content", "é".repeat(20_000));
    }

    @Test
    void asksForAnIdWhereSeveralHaveTheName(ApiClient client) {
        client.create("/v1/knowledge", RUNBOOK);
        client.create("/v1/knowledge", RUNBOOK);

        assertThat(client.get("/v1/knowledge/Restarting%20payments"))
                .hasStatus(409)
                .saysWhy("use the id");
    }

    @Test
    void needsTheScopeToWrite(TestServer server, ApiClient client) {
        String id = client.create("/v1/knowledge", RUNBOOK);
        ApiClient reader = server.withScopes(client, Scope.KNOWLEDGE_READ);

        assertThat(reader.get("/v1/knowledge/" + id)).hasStatus(200);
        assertThat(reader.put("/v1/knowledge/" + id, "{}")).hasStatus(403);
        assertThat(reader.post("/v1/knowledge/" + id + "/versions/1/restore", "{}"))
                .hasStatus(403);
    }

    @Test
    void tellsSubscribersAndTheTrail(TestServer server, ApiClient client) {
        String id = client.create("/v1/knowledge", RUNBOOK);
        client.put("/v1/knowledge/" + id, "{\"content\": \"newer words\", \"visibility\": \"private\"}");
        client.delete("/v1/knowledge/" + id);

        assertThat(server.stored("SELECT type FROM event WHERE resource_id = '" + id + "' ORDER BY position"))
                .containsExactly("knowledge.created", "knowledge.updated", "knowledge.deleted");
        assertThat(server.stored("SELECT data->>'title' FROM event WHERE resource_id = '" + id + "' ORDER BY position"))
                .containsExactly("Restarting payments", "null", "null");
        assertThat(server.stored("SELECT data FROM event WHERE resource_id = '" + id + "'"))
                .noneMatch(data -> data.contains("newer words"));
        assertThat(client.get("/v1/audit?resource_type=knowledge").rows().stream()
                        .map(row -> row.path("action_type").asText()))
                .contains("create", "update", "delete");
    }
}

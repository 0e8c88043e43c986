package ai.kubiya.server.knowledge.query;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code /api/query} in the three forms that clients read. */
@ServerTest
class QueryApiTest {
    private static String restart(ApiClient client) {
        return client.create("/v1/knowledge", """
                {"title": "Restarting payments", "content": "# Order\\n\\nDrain the queue first, then restart the deployment."}
                """);
    }

    @Test
    void answersAsOneObject(ApiClient client) {
        String id = restart(client);

        Answer answer = client.post("/api/query", """
                {"query": "drain the queue", "response_format": "json", "userID": "u", "orgID": "o", "more": 1}
                """);

        assertThat(answer)
                .hasStatus(200)
                .has("/query", "drain the queue")
                .has("/total_results", 1)
                .has("/results/0/title", "Restarting payments")
                .has("/results/0/database", "knowledge")
                .has("/results/0/metadata/knowledge_id", id)
                .has("/results/0/metadata/heading", "Order")
                .mentions("session_id")
                .mentions("timestamp");
        assertThat(answer.text("/results/0/data/chunk_content")).contains("Drain the queue first");
        assertThat(Json.parse(answer.text("/results/0/data/metadata"))
                        .path("title")
                        .asText())
                .isEqualTo("Restarting payments");
        assertThat(answer.json().at("/results/0/score").asDouble()).isBetween(0.1, 1.0);
        assertThat(client.withHeader("Accept", "application/json")
                        .post("/api/query", "{\"query\": \"drain the queue\"}"))
                .has("/total_results", 1);
    }

    @Test
    void answersAsTheCommandLineReads(ApiClient client) {
        restart(client);

        Answer answer = client.post("/api/query", "{\"query\": \"drain the queue\", \"response_format\": \"vercel\"}");

        assertThat(answer)
                .hasStatus(200)
                .hasHeader("Content-Type", "text/event-stream")
                .hasHeader("x-vercel-ai-data-stream", "v1");
        List<String> lines = answer.body().lines().toList();
        assertThat(lines).extracting(line -> line.substring(0, 2)).containsExactly("0:", "0:", "2:", "d:");
        assertThat(lines.get(1)).contains("## Restarting payments > Order");
        assertThat(Json.parse(lines.get(2).substring(2))
                        .at("/0/data/chunk_content")
                        .asText())
                .contains("Drain the queue");
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThan(64 << 10));
    }

    @Test
    void answersAsEventsWhenNothingElseIsWanted(ApiClient client) {
        restart(client);

        String body =
                client.post("/api/query", "{\"query\": \"drain the queue\"}").body();

        assertThat(body.lines().filter(line -> !line.isEmpty()))
                .allSatisfy(line -> assertThat(line).startsWith("data: "))
                .last()
                .isEqualTo("data: [DONE]");
        assertThat(body).contains("\"type\":\"progress\"", "\"type\":\"result\"", "\"type\":\"complete\"");
    }

    @Test
    void findsNothingThatTheOneWhoAsksMayNotRead(TestServer server, ApiClient admin) {
        admin.create("/v1/knowledge", """
                {"title": "Vault", "content": "The combination is forty-seven eleven.", "visibility": "private"}
                """);
        ApiClient other = server.colleague(admin, "other@example.com", List.of(), Scope.KNOWLEDGE_READ);

        Answer answer =
                other.post("/api/query", "{\"query\": \"combination of the vault\", \"response_format\": \"json\"}");

        assertThat(answer).hasStatus(200).has("/total_results", 0).doesNotMention("eleven");
    }

    @Test
    void refusesWhatIsNoQuestion(ApiClient client) {
        assertThat(client.post("/api/query", "{}")).hasStatus(400).hasFieldError("/query", "required");
        assertThat(client.post("/api/query", "{\"query\": \"x\", \"response_format\": \"xml\"}"))
                .hasStatus(400)
                .hasFieldError("/response_format", "must be json, sse or vercel");
        assertThat(client.post("/api/query", "{\"query\": \"" + "x".repeat(2001) + "\"}"))
                .hasStatus(400)
                .hasFieldError("/query", "2000");
    }
}

package ai.kubiya.server.http;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.SettableClock;
import ai.kubiya.server.testing.TestServer;
import ai.kubiya.server.testing.UploadForm;
import ai.kubiya.server.testing.ZipFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A write that is sent again with the same Idempotency-Key is done once. */
@ServerTest
class IdempotencyTest {
    private static final String AGENT = "{\"name\": \"once\"}";

    private static ApiClient with(ApiClient client, String key) {
        return client.withHeader("Idempotency-Key", key);
    }

    @Test
    void givesTheFirstAnswerAgain(ApiClient client) {
        Answer first = with(client, "k1").post("/v1/agents", AGENT);
        Answer second = with(client, "k1").post("/v1/agents", AGENT);

        assertThat(first).hasStatus(201).hasNoHeader("Idempotency-Replayed");
        assertThat(second)
                .hasStatus(201)
                .hasHeader("Idempotency-Replayed", "true")
                .hasHeader("Location", first.header("Location").orElseThrow())
                .hasHeader("ETag", first.header("ETag").orElseThrow());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
        assertThat(client.get("/v1/agents")).has("/pagination/total", 1);
    }

    @Test
    void refusesTheSameKeyForAnotherRequest(ApiClient client) {
        with(client, "k1").post("/v1/agents", AGENT);

        assertThat(with(client, "k1").post("/v1/agents", "{\"name\": \"other\"}"))
                .hasStatus(409)
                .hasErrorCode("CONFLICT")
                .saysWhy("k1", "another request");
        assertThat(with(client, "k1").post("/api/v1/agents", AGENT)).hasStatus(409);
        assertThat(with(client, "k1").post("/v1/agents?x=1", AGENT)).hasStatus(409);
        assertThat(client.get("/v1/agents")).has("/pagination/total", 1);
    }

    @Test
    void belongsToTheApiKeyThatSentIt(TestServer server, ApiClient client) {
        Answer mine = with(client, "k1").post("/v1/agents", AGENT);
        Answer theirs = with(server.newOrganization(), "k1").post("/v1/agents", "{\"name\": \"not once\"}");

        assertThat(theirs).hasStatus(201).hasNoHeader("Idempotency-Replayed");
        assertThat(theirs.id()).isNotEqualTo(mine.id());
    }

    @Test
    void keepsNoRefusals(ApiClient client) {
        assertThat(with(client, "k1").post("/v1/agents", "{}")).hasStatus(400);
        assertThat(with(client, "k1").post("/v1/agents", AGENT)).hasStatus(201);

        assertThat(with(client, "k2").delete("/v1/agents/none")).hasStatus(404);
        client.post("/v1/agents", "{\"name\": \"none\"}");
        assertThat(with(client, "k2").delete("/v1/agents/none")).hasStatus(200);
        assertThat(with(client, "k2").delete("/v1/agents/none"))
                .hasStatus(200)
                .hasHeader("Idempotency-Replayed", "true");
    }

    @Test
    void looksAtTheKey(ApiClient client) {
        for (String key : List.of("two words", "x".repeat(256))) {
            assertThat(with(client, key).post("/v1/agents", AGENT))
                    .hasStatus(400)
                    .hasFieldError("Idempotency-Key", "1 to 255");
        }
        assertThat(with(client, "x".repeat(255)).post("/v1/agents", AGENT)).hasStatus(201);
    }

    @Test
    void ignoresItWhereNothingIsWritten(ApiClient client) {
        assertThat(with(client, "k1").get("/v1/agents")).hasStatus(200);
        with(client, "k1").post("/v1/agents", AGENT);
        assertThat(with(client, "k1").get("/v1/agents"))
                .hasNoHeader("Idempotency-Replayed")
                .has("/pagination/total", 1);
    }

    @Test
    void doesOneOfManyAtOnce(ApiClient client) throws Exception {
        List<Callable<Answer>> requests = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            requests.add(() -> with(client, "k1").post("/v1/agents", AGENT));
        }
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (var answer : threads.invokeAll(requests)) {
                assertThat(answer.get()).hasStatusAmong(201, 409);
            }
        }
        assertThat(client.get("/v1/agents")).has("/pagination/total", 1);
        assertThat(with(client, "k1").post("/v1/agents", AGENT)).hasHeader("Idempotency-Replayed", "true");
    }

    @Test
    void showsTheSameRunAgain(ApiClient client) {
        String run = """
                {"tool_def": {"name": "t", "type": "script", "content": "echo $RANDOM$RANDOM$RANDOM"}}
                """;
        String first = read(with(client, "k1"), run);
        String second = read(with(client, "k1"), run);

        assertThat(second).isEqualTo(first).contains("completed");
        assertThat(client.get("/v1/executions")).has("/pagination/total", 1);
    }

    private static String read(ApiClient client, String body) {
        try (EventReader events = client.stream("POST", "/v1/tools/exec", body)) {
            return events.rest().stream().map(Object::toString).toList().toString();
        }
    }

    @Test
    void takesUploadsToo(ApiClient client) {
        byte[] archive = new ZipFixture()
                .with("tools.yaml", "tools: [{name: z, description: z, type: script, content: echo}]")
                .bytes();
        UploadForm form = UploadForm.file("a.zip", archive);
        Answer first = with(client, "k1").send("POST", "/v1/sources/zip", form);
        assertThat(first).hasStatus(201);
        assertThat(with(client, "k1").send("POST", "/v1/sources/zip", form))
                .hasStatus(201)
                .hasHeader("Idempotency-Replayed", "true")
                .has("/id", first.id());
        assertThat(client.get("/v1/sources")).has("/pagination/total", 1);
    }

    @Test
    void forgetsAfterADay() {
        SettableClock clock = new SettableClock();
        try (TestServer server = TestServer.builder().withClock(clock).start()) {
            ApiClient client = server.client();
            Answer first = with(client, "k1").post("/v1/agents", AGENT);
            clock.advance(Duration.ofHours(23));
            assertThat(with(client, "k1").post("/v1/agents", AGENT)).has("/id", first.id());
            clock.advance(Duration.ofHours(2));
            assertThat(with(client, "k1").post("/v1/agents", "{\"name\": \"another\"}"))
                    .hasStatus(201)
                    .hasNoHeader("Idempotency-Replayed");
        }
    }
}

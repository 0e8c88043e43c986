package ai.kubiya.server.health;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What probes and Prometheus see, without a key. */
@ServerTest
class HealthApiTest {

    @Test
    void tellsProbesThatItLivesAndIsReady(TestServer server) {
        assertThat(server.anonymous().get("/healthz")).hasStatus(200).has("/status", "ok");
        assertThat(server.anonymous().get("/readyz")).hasStatus(200).has("/database", "ok");
        assertThat(server.anonymous().head("/readyz")).hasStatus(200);
        assertThat(server.withKey("wrong").get("/healthz")).hasStatus(200);
    }

    @Test
    void countsRequestsByRouteAndNotByPath(TestServer server, ApiClient client) {
        client.get("/v1/agents/some-agent-nobody-has");
        client.get("/v1/no-such-route/some-id");

        Answer metrics = server.anonymous().get("/metrics");

        assertThat(metrics)
                .hasStatus(200)
                .mentions("route=\"/v1/agents/{agent}\"")
                .mentions("kubiya_runs_active")
                .mentions("jvm_memory_used_bytes")
                .doesNotMention("some-agent-nobody-has")
                .doesNotMention("no-such-route")
                .doesNotMention(client.key());
        Assertions.assertThat(metrics.header("Content-Type").orElseThrow()).startsWith("text/plain");
    }

    @Test
    void isNotReadyWithoutItsDatabase() {
        try (TestServer server = TestServer.builder().start()) {
            server.cutDatabase();

            assertThat(server.anonymous().get("/readyz"))
                    .hasStatus(503)
                    .hasErrorCode("UNAVAILABLE")
                    .hasHeader("Retry-After");
            assertThat(server.anonymous().get("/healthz")).hasStatus(200);
        }
    }
}

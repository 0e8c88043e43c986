package ai.kubiya.server.drift;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.run.Runs;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What looks for drift find, and what is said about it. */
@ServerTest
class DriftTest {
    private static final String CODE = """
            resource "terraform_data" "one" { input = "1" }
            output "said" { value = "%s" }
            """;

    private static Answer awaitDrift(Runs runs, String status) {
        while (true) {
            Answer drift = runs.client().get(runs.path() + "/drift");
            assertThat(drift).hasStatus(200);
            if (drift.text("/status").equals(status)) {
                return drift;
            }
            Runs.pause();
        }
    }

    /** What the outputs hold is otherwise than the state says, without anything being applied. */
    private static void change(Runs runs, String said) {
        ObjectNode body = Json.object();
        body.putObject("files").put("main.tf", CODE.formatted(said));
        assertThat(runs.client().patch(runs.path(), body.toString())).hasStatus(200);
    }

    @Test
    void isFoundToldAndTakenOver(ApiClient client) {
        Runs runs = Runs.of(client, "network", CODE.formatted("a"));
        assertThat(client.get(runs.path() + "/drift"))
                .hasStatus(200)
                .has("/status", "unknown")
                .hasNull("/execution_id")
                .hasNull("/next_check_at");
        assertThat(runs.apply()).has("/status", "applied");

        Answer look = client.post(runs.path() + "/drift", "");
        assertThat(look).hasStatus(202).has("/mode", "refresh_only").has("/trigger", "drift");
        assertThat(runs.settled(look.id())).has("/status", "no_changes");
        assertThat(awaitDrift(runs, "clean")).has("/execution_id", look.id());

        change(runs, "b");
        Answer second = client.post(runs.path() + "/drift", "");
        assertThat(runs.settled(second.id())).has("/status", "planned");
        assertThat(awaitDrift(runs, "drifted"))
                .has("/execution_id", second.id())
                .has("/outputs/0/name", "said")
                .has("/outputs/0/before", "a")
                .has("/outputs/0/after", "b");

        assertThat(runs.approve(second.id())).has("/status", "applied");
        assertThat(awaitDrift(runs, "clean")).has("/execution_id", second.id());
    }

    @Test
    void isLookedForOnSchedule(TestServer server, ApiClient client) throws SQLException {
        Runs runs = Runs.of(client, "network", CODE.formatted("a"));
        assertThat(runs.apply()).has("/status", "applied");
        assertThat(client.patch(runs.path(), "{\"drift_schedule\": \"0 6 * * *\"}"))
                .hasStatus(200);
        while (client.get(runs.path() + "/drift").at("/next_check_at").isNull()) {
            Runs.pause();
        }
        change(runs, "b");

        // As if the time had come.
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE project_drift SET next_at = now() - interval '1 minute' WHERE project_id = '"
                    + runs.project() + "'");
        }

        Answer drift = awaitDrift(runs, "drifted");
        assertThat(client.get(runs.path() + "/executions/" + drift.text("/execution_id")))
                .has("/trigger", "drift")
                .has("/speculative", true);
        assertThat(drift.at("/next_check_at").isNull()).isFalse();
    }

    @Test
    void saysWhatIsNoSchedule(ApiClient client) {
        assertThat(client.post("/v1/projects", "{\"name\": \"x\", \"drift_schedule\": \"now and then\"}"))
                .hasStatus(400)
                .hasFieldError("/drift_schedule", "is no cron expression");
        String elsewhere = client.create("/v1/projects", "{\"name\": \"x\"}");
        assertThat(client.post("/v1/projects/" + elsewhere + "/drift", "")).hasStatus(409);
    }
}

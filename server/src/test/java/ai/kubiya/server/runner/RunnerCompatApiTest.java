package ai.kubiya.server.runner;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /api/v3/runners} and {@code /api/v1/runners}, as existing clients call and read them. */
@ServerTest
class RunnerCompatApiTest {

    @Test
    void listsABareArrayWithTheHostedRunnerThatClientsLookFor(ApiClient client) {
        client.create("/v1/runners/build", "{}");

        Answer list = client.get("/api/v3/runners");

        assertThat(list).hasStatus(200).hasHeader("X-Total-Count", "3");
        assertThat(list.json().isArray()).isTrue();
        assertThat(list.column("name")).containsExactly("local", "kubiya-hosted", "build");
        for (JsonNode runner : list.rows()) {
            assertThat(runner.path("version").isInt()).isTrue();
            assertThat(runner.path("version").intValue()).isEqualTo(2);
            assertThat(runner.path("health").isObject()).isTrue();
            for (String health : List.of("runner_health", "tool_manager_health", "agent_manager_health")) {
                runner.path(health)
                        .forEach(value -> assertThat(value.isTextual()).isTrue());
                assertThat(runner.path(health).size()).isEqualTo(4);
            }
        }
        assertThat(list)
                .has("/1/runner_health/health", "true")
                .has("/1/runner_health/status", "ok")
                .has("/2/runner_health/health", "false")
                .has("/2/runner_health/status", "non-responsive");
        assertThat(client.get("/v1/api/v3/runners").column("name")).hasSize(3);
        assertThat(client.get("/api/v3/runners?limit=1&page=2").column("name")).containsExactly("kubiya-hosted");
    }

    @Test
    void hasStringsWhereTheOlderClientsReadStrings(ApiClient client) {
        client.create("/v1/runners/build", "{}");

        for (String path : List.of("/api/v1/runners/build/describe", "/api/v1/runners/build")) {
            assertThat(client.get(path))
                    .hasStatus(200)
                    .has("/version", "2")
                    .has("/health", "false")
                    .hasNull("/last_seen");
        }
        assertThat(client.get("/api/v3/runners/build/describe")).hasStatus(200).has("/version", 2);
        assertThat(client.get("/api/v1/runners").rows())
                .allMatch(row ->
                        row.path("version").isTextual() && row.path("health").isTextual());
        assertThat(client.get("/api/v1/runners/nobody/describe")).hasStatus(404);
        assertThat(client.get("/api/v3/runners/nobody/describe")).hasStatus(404);
    }

    @Test
    void createsWithoutABodyAndAnswersTheUrlOfTheManifest(TestServer server, ApiClient client) {
        Answer created = client.send("POST", "/api/v3/runners/my_runner", new byte[0]);

        assertThat(created).hasStatus(200).has("/name", "my_runner").has("/version", 2);
        assertThat(created.text("/url")).startsWith(server.url() + "/api/v3/runners/install/");
        assertThat(client.get(created.text("/url").substring(server.url().length())))
                .hasStatus(200)
                .mentions("kind: Deployment")
                .mentions(created.text("/token"));
        assertThat(client.send("POST", "/api/v3/runners/my_runner", "null".getBytes(StandardCharsets.UTF_8)))
                .hasStatusAmong(200, 400);
    }

    @Test
    void createsAsTerraformDoes(ApiClient client) {
        ApiClient terraform = client.withHeader("source", "terraform");

        Answer created = terraform.send(
                "POST",
                "/api/v3/runners/tf",
                "{\"managed_by\": \"terraform\", \"task_id\": \"t\", \"unknown\": 1}".getBytes(StandardCharsets.UTF_8));
        assertThat(created).hasStatus(200);
        assertThat(terraform.get("/api/v3/runners/tf/describe"))
                .hasStatus(200)
                .has("/managed_by", "terraform")
                .has("/task_id", "t")
                .has("/version", 2);
        assertThat(terraform.withHeader("force", "true").delete("/api/v3/runners/tf"))
                .hasStatus(200)
                .has("/result", "ok");
        assertThat(terraform.get("/api/v3/runners/tf/describe")).hasStatus(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v3/runners", "/api/v1/runners"})
    void tellsTheHealthInTheWordsOfTheClients(String base, ApiClient client) {
        client.create("/v1/runners/build", "{}");

        assertThat(client.get(base + "/kubiya-hosted/health"))
                .hasStatus(200)
                .has("/health", "true")
                .has("/status", "ok")
                .has("/healthy", true)
                .has("/version", "v2")
                .has("/checks/0/name", "tool-manager")
                .has("/checks/0/status", "ok")
                .has("/checks/0/error", "")
                .has("/checks/1/name", "agent-manager")
                .has("/components/tool_manager/status", "ok");
        assertThat(client.get(base + "/build/health"))
                .hasStatus(200)
                .has("/health", "false")
                .has("/status", "non-responsive")
                .has("/healthy", false)
                .has("/checks/0/status", "non-responsive")
                .mentions("has never been heard of");
        assertThat(client.get(base + "/nobody/health")).hasStatus(404);
    }

    @Test
    void answersHelmValuesAsTheCommandLineReadsThem(ApiClient client) {
        String id = client.create("/v1/runners/build", "{}");

        Answer chart = client.get("/api/v3/runners/helmchart/build");
        assertThat(chart)
                .hasStatus(200)
                .has("/organization", client.organizationName())
                .has("/runner_name", "build")
                .has("/uuid", id)
                .has("/nats/secondJwt", "")
                .has("/alloy/alloy/configMap/create", false)
                .has("/alloy/alloy/extraEnv", List.of());
        assertThat(chart.text("/nats/jwt")).startsWith("rt_").isEqualTo(chart.text("/server/token"));
        assertThat(chart.at("/alloy/alloy/securityContext/runAsUser").isInt()).isTrue();
        assertThat(client.get("/api/v3/runners/helm/build"))
                .hasStatus(200)
                .hasHeader("Content-Type", "application/yaml")
                .mentions("runner_name: build");
        assertThat(client.get("/api/v3/runners/helmchart/nobody")).hasStatus(404);
        Answer manifest = client.get("/api/v1/runners/build/manifest");
        assertThat(manifest).hasStatus(200);
        assertThat(manifest.text("/url")).endsWith(".yaml");
    }

    @Test
    void describesAndOperates(ApiClient client) {
        client.create("/v1/runners/build", "{}");

        assertThat(client.put("/api/v3/runners/description/build", "{\"description\": \"new\"}"))
                .hasStatus(200)
                .has("/description", "new")
                .has("/version", 2);
        assertThat(client.put("/api/v3/runners/description/build", "{}"))
                .hasStatus(400)
                .hasFieldError("/description", "is required");
        assertThat(client.post(
                        "/api/v3/runners/build/ops",
                        "{\"operation\": \"stop\", \"parameters\": {\"component\": \"tool_manager\"}}"))
                .hasStatus(200)
                .has("/operation", "drain")
                .has("/status", "success");
        assertThat(client.get("/v1/runners/build")).has("/draining", true);
        assertThat(client.post("/api/v3/runners/build/ops", "{\"operation\": \"start\"}"))
                .has("/operation", "resume");
        assertThat(client.post("/api/v3/runners/build/ops", "{\"operation\": \"restart\"}"))
                .hasStatus(200);
        assertThat(client.post("/api/v3/runners/build/ops", "{\"operation\": \"dance\"}"))
                .hasStatus(400)
                .hasFieldError("/operation", "must be restart, drain, resume or rotate-token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v3/runners", "/api/v1/runners"})
    void guardsChangesWithTheTag(String base, ApiClient client) {
        client.create("/v1/runners/build", "{}");
        String tag = client.get(base + "/build").header("ETag").orElseThrow();
        assertThat(client.withHeader("If-None-Match", tag).get(base + "/build/describe"))
                .hasStatus(304);
        ApiClient guarded = client.withHeader("If-Match", tag);
        assertThat(guarded.put(base + "/description/build", "{\"description\": \"new\"}"))
                .hasStatus(200)
                .hasHeader("ETag");

        assertThat(guarded.put(base + "/description/build", "{\"description\": \"late\"}"))
                .hasStatus(412);
        assertThat(guarded.delete(base + "/build")).hasStatus(412);
        assertThat(client.get(base + "/build")).has("/description", "new");
    }
}

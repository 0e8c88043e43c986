package ai.kubiya.server.project.run.remote;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.project.run.Runs;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.RunnerProcess;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans and applies of projects on runners that are processes of their own. */
@ServerTest(settings = "KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true")
class RemoteRunsTest {
    private static final String ONE = "resource \"terraform_data\" \"one\" {}";

    private static final String SECRETIVE = """
            variable "password" { sensitive = true }
            variable "plain" {}
            resource "terraform_data" "one" {
              input = "${var.plain}-${nonsensitive(var.password)}"
              provisioner "local-exec" {
                command = "echo key $CLOUD_KEY length $${#CLOUD_KEY}; cat /proc/*/cmdline | tr '\\\\0' ' '"
              }
            }
            """;

    @TempDir
    Path folder;

    private static String token(ApiClient client, String runner) {
        return client.post("/v1/runners/" + runner, "{}").text("/token");
    }

    private RunnerProcess runner(TestServer server, ApiClient client, String name) {
        return RunnerProcess.start(server.url(), token(client, name), folder.resolve(name))
                .awaitUp();
    }

    private static Runs on(String runner, Runs runs) {
        assertThat(runs.client().patch(runs.path(), "{\"runner\": \"" + runner + "\"}"))
                .hasStatus(200)
                .has("/runner", runner);
        return runs;
    }

    /** The runners of all executions of a project's runs. */
    private static List<String> runners(ApiClient client) {
        return client.get("/v1/executions?kind=terraform&limit=100").rows().stream()
                .map(execution -> execution.path("runner").asText())
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void plansAppliesAndDestroysTheCodeOfARepository(TestServer server, ApiClient client, GitServer git)
            throws Exception {
        GitRepository repository = git.newRepository()
                .write("net/main.tf", """
                        module "names" {
                          source = "../modules/names"
                          prefix = "eu"
                        }
                        resource "terraform_data" "net" {
                          input = module.names.name
                          provisioner "local-exec" { command = "${path.module}/../bin/hello.sh" }
                        }
                        output "net" { value = terraform_data.net.output }
                        """)
                .write("modules/names/main.tf", """
                        variable "prefix" {}
                        output "name" { value = "${var.prefix}-net" }
                        """)
                .write("bin/hello.sh", "#!/bin/sh\necho hello from $MANAGED_BY\n");
        assertThat(repository.folder().resolve("bin/hello.sh").toFile().setExecutable(true))
                .isTrue();
        repository.commit();
        try (RunnerProcess _ = runner(server, client, "build")) {
            String id = client.create("/v1/projects", """
                    {"name": "network", "url": "%s", "path": "net", "runner": "build"}
                    """.formatted(repository.url()));
            Runs runs = new Runs(client, id);

            Answer planned = runs.plan();

            assertThat(planned).has("/status", "planned").has("/counts/add", 1);
            assertThat(runs.log(planned.id())).contains("> terraform init", "> terraform plan", "Plan: 1 to add");
            assertThat(client.get(runs.path() + "/executions/" + planned.id() + "/plan"))
                    .has("/resource_changes/0/address", "terraform_data.net");

            assertThat(runs.approve(planned.id())).has("/status", "applied").hasNull("/error");

            assertThat(runs.log(planned.id())).contains("hello from kubiya", "Apply complete! Resources: 1 added");
            assertThat(client.get(runs.path() + "/outputs")).has("/data/0/value", "eu-net");
            assertThat(client.get(runs.path() + "/state")).hasNull("/lock");
            assertThat(runs.plan()).has("/status", "no_changes");
            assertThat(runs.run("destroy", "{\"auto_approve\": true}")).has("/status", "applied");
            assertThat(runs.resources()).isEmpty();
            assertThat(client.get(runs.path())).has("/status", "destroyed");
            assertThat(runners(client)).containsExactly("build");
            while (!left("build").isEmpty()) {
                Runs.pause();
            }
        }
    }

    /** Folders of runs that a runner still has. */
    private List<Path> left(String runner) throws Exception {
        try (Stream<Path> all = Files.list(folder.resolve(runner).resolve("terraform"))) {
            return all.toList();
        }
    }

    @Test
    void showsSecretsToNobody(TestServer server, ApiClient client) throws Exception {
        client.create("/v1/secrets", "{\"name\": \"cloud.key\", \"value\": \"correct-horse-battery\"}");
        try (RunnerProcess runner = runner(server, client, "build")) {
            Runs runs = on("build", Runs.of(client, "p", SECRETIVE, """
                    [{"name": "password", "value": "staple-of-ravens"}, {"name": "plain", "value": "seen"}]
                    """));
            client.patch(runs.path(), "{\"secrets\": [{\"name\": \"cloud.key\", \"to_env\": \"CLOUD_KEY\"}]}");

            Answer planned = runs.plan();
            assertThat(planned).has("/status", "planned").has("/changes/0/after/input", "seen-***");
            assertThat(runs.approve(planned.id())).has("/status", "applied");

            assertThat(runs.log(planned.id()))
                    .contains("key *** length 21")
                    .doesNotContain("correct-horse-battery", "staple-of-ravens");
            assertThat(client.get(runs.path() + "/executions/" + planned.id() + "/plan")
                            .body())
                    .doesNotContain("correct-horse-battery", "staple-of-ravens");
            assertThat(runner.errors()).doesNotContain("correct-horse-battery", "staple-of-ravens");
            // The state holds the value: what the apply made is what was planned, in the clear.
            assertThat(client.get(runs.path() + "/state/raw").body()).contains("seen-staple-of-ravens");
            assertThat(server.dump()).doesNotContain("staple-of-ravens");
        }
    }

    @Test
    void knowsItsRunnerByNameAndId(ApiClient client) {
        String id = client.create("/v1/runners/build", "{}");
        assertThat(client.post("/v1/projects", "{\"name\": \"p\", \"runner\": \"mars\"}"))
                .hasStatus(400)
                .hasFieldError("/runner", "there is no runner \"mars\"; the runners are build, local");
        Runs runs = Runs.of(client, "p", ONE);
        assertThat(client.get(runs.path())).has("/runner", "local");
        assertThat(client.patch(runs.path(), "{\"runner\": \"" + id + "\"}")).has("/runner", "build");
        assertThat(client.patch(runs.path(), "{\"runner\": \"" + UUID.randomUUID() + "\"}"))
                .hasStatus(400);
        assertThat(client.patch(runs.path(), "{\"description\": \"d\"}")).has("/runner", "build");

        assertThat(client.get("/api/v1/usecases/" + runs.project())).has("/runner", "build");
        assertThat(client.patch("/api/v1/usecases/" + runs.project(), "{\"runner_id\": \"local\"}"))
                .has("/runner_id", "local");
        assertThat(client.post("/api/v1/usecases", "{\"name\": \"q\", \"runner_id\": \"mars\"}"))
                .hasStatus(400);

        runs.client().patch(runs.path(), "{\"runner\": \"build\"}");
        assertThat(client.delete("/v1/runners/build")).hasStatus(200);
        assertThat(client.patch(runs.path(), "{\"description\": \"still there\"}"))
                .hasStatus(200);
        assertThat(client.post(runs.path() + "/plan", "{}"))
                .hasStatus(409)
                .mentions("was deleted. Give the project another");
        assertThat(client.get(runs.path() + "/executions").rows()).isEmpty();
    }

    @Test
    void failsWhenItsRunnerWasDeletedBeforeItCameToIt() throws IOException {
        try (TestServer server = TestServer.builder().start()) {
            ApiClient client = server.client();
            client.create("/v1/runners/build", "{}");
            Runs runs = on("build", Runs.of(client, "p", ONE));
            String first = client.post(runs.path() + "/plan", "{}").id();
            String second = client.post(runs.path() + "/plan", "{}").id();

            assertThat(client.delete("/v1/runners/build")).hasStatus(409).mentions("has 1 runs to do");
            assertThat(client.withHeader("force", "true").delete("/v1/runners/build"))
                    .hasStatus(200);

            assertThat(runs.settled(first)).has("/status", "cancelled").mentions("was deleted by");
            // Housekeeping comes round.
            assertThat(runs.settled(second))
                    .has("/status", "failed")
                    .has("/error_code", "runner_deleted")
                    .mentions("Choose another");
        }
    }

    /** What the log says besides what Terraform prints. */
    private static String status(Runs runs, String run) {
        return runs.client().get(runs.path() + "/executions/" + run + "/logs?limit=500").rows().stream()
                .filter(event -> event.path("type").asText().equals("status"))
                .map(Object::toString)
                .reduce("", String::concat);
    }

    @Test
    void waitsForARunnerThatIsOffline(TestServer server, ApiClient client) {
        String token = token(client, "build");
        Runs runs = on("build", Runs.of(client, "p", ONE));

        String run = client.post(runs.path() + "/plan", "{}").id();

        assertThat(runs.get(run)).has("/status", "running");
        assertThat(status(runs, run)).contains("queued", "It waits: the runner \\\"build\\\" is offline.");
        try (RunnerProcess _ =
                RunnerProcess.start(server.url(), token, folder.resolve("s")).awaitUp()) {
            assertThat(runs.settled(run)).has("/status", "planned");
            assertThat(status(runs, run)).contains("planning");
        }
    }

    @Test
    void cancelsWhatWaitsForARunner(ApiClient client) {
        token(client, "build");
        Runs runs = on("build", Runs.of(client, "p", ONE));
        String run = client.post(runs.path() + "/plan", "{}").id();
        assertThat(client.post(runs.path() + "/cancel", "{}")).hasStatus(200);
        assertThat(runs.settled(run)).has("/status", "cancelled");
    }

    @Test
    void neverGivesAPlanToAnOlderRunner(TestServer server, ApiClient client) {
        ApiClient old = server.anonymous().withAuthorization("Bearer " + token(client, "old"));
        String instance = UUID.randomUUID().toString();
        assertThat(old.post("/api/v3/runners/self/register", """
                {"protocol": 1, "instance": "%s", "boot": "%s", "host": "h", "platform": "p", "version": "0.1",
                 "labels": [], "concurrency": 4, "running": 0, "draining": false, "components": {}}
                """.formatted(instance, instance)))
                .hasStatus(200);
        Runs runs = on("old", Runs.of(client, "p", ONE));
        String run = client.post(runs.path() + "/plan", "{}").id();

        assertThat(old.post("/api/v3/runners/self/lease", """
                {"instance": "%s", "boot": "%s", "tokens": ["%s"], "patience": "PT0S"}
                """.formatted(instance, instance, UUID.randomUUID())))
                .has("/leases", List.of());

        assertThat(status(runs, run)).contains("is of an older version that does not know terraform; upgrade it");
        assertThat(runs.get(run)).has("/status", "running");
    }

    @Test
    void saysThatThereIsNoTerraform(TestServer server, ApiClient client) {
        try (RunnerProcess _ = RunnerProcess.start(
                        server.url(),
                        token(client, "bare"),
                        folder.resolve("s"),
                        Map.of("KUBIYA_TERRAFORM", "no-such-terraform"))
                .awaitUp()) {
            Runs runs = on("bare", Runs.of(client, "p", ONE));
            Answer run = runs.plan();
            assertThat(run).has("/status", "failed").has("/error_code", "not_started");
            assertThat(run.text("/error")).contains("KUBIYA_TERRAFORM names no-such-terraform");
        }
    }

    @Test
    void saysWhatIsWrongWithTheCode(TestServer server, ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().write("main.tf", ONE);
        repository.commit();
        try (RunnerProcess _ = runner(server, client, "build")) {
            Runs broken = on("build", Runs.of(client, "broken", ONE));
            client.patch(broken.path(), "{\"files\": {\"main.tf\": \"resource {\"}}");
            assertThat(broken.plan()).has("/status", "failed").has("/error_code", "init_failed");

            String id = client.create("/v1/projects", """
                    {"name": "gone", "url": "%s", "runner": "build"}
                    """.formatted(repository.url()));
            Runs gone = new Runs(client, id);
            assertThat(gone.run("plan", "{\"revision\": \"no-such-branch\"}"))
                    .has("/status", "failed")
                    .has("/error_code", "code_unavailable");
        }
    }

    @Test
    void givesEachProjectToItsRunner(TestServer server, ApiClient client) {
        try (RunnerProcess _ = runner(server, client, "east");
                RunnerProcess _ = runner(server, client, "west")) {
            Runs east = on("east", Runs.of(client, "east", ONE));
            Runs west = on("west", Runs.of(client, "west", ONE));
            Runs here = Runs.of(client, "here", ONE);

            assertThat(east.apply()).has("/status", "applied");
            assertThat(west.apply()).has("/status", "applied");
            assertThat(here.apply()).has("/status", "applied");

            assertThat(server.stored("""
                    SELECT DISTINCT subject || ' ' || runner FROM execution
                    WHERE kind = 'terraform' AND subject IN ('east', 'west', 'here')
                      AND organization_id = (SELECT organization_id FROM project WHERE id = '%s') ORDER BY 1
                    """.formatted(east.project())))
                    .containsExactly("east east", "here local", "west west");

            // Another runner may reach other things: what was planned elsewhere is not applied.
            client.patch(east.path(), "{\"variables\": [], \"files\": {\"main.tf\": \"\"}}");
            String planned = east.plan().id();
            on("west", east);
            assertThat(client.post(east.path() + "/approve", "{\"execution_id\": \"" + planned + "\"}"))
                    .hasStatus(409);
        }
    }

    @Test
    void interruptsACancelledApplyAndKeepsWhatItMade(TestServer server, ApiClient client) {
        try (RunnerProcess _ = runner(server, client, "build")) {
            Runs runs = on("build", Runs.of(client, "p", Slow.code(50)));
            String run = Slow.applying(runs, 10);

            assertThat(client.post(runs.path() + "/cancel", "{}")).hasStatus(200);

            assertThat(runs.settled(run)).has("/status", "cancelled");
            assertThat(runs.log(run)).contains("Interrupt received");
            Slow.assertWhole(runs, 50, 10);
        }
    }

    @Test
    void takesNoStateOfRunsOnOtherRunners(TestServer server, ApiClient client) {
        Runs runs = Runs.of(client, "p", ONE);
        assertThat(runs.apply()).has("/status", "applied");
        String execution = server.stored(
                        "SELECT apply_execution::text FROM project_run WHERE project_id = '" + runs.project() + "'")
                .getFirst();
        ApiClient other = server.anonymous().withAuthorization("Bearer " + token(client, "other"));
        String state = client.get(runs.path() + "/state/raw").body().replace("\"serial\": ", "\"serial\": 9");

        assertThat(other.post("/api/v3/runners/self/terraform/states/" + execution, state))
                .hasStatus(404);
        assertThat(other.post("/api/v3/runners/self/terraform/job", """
                {"execution": "%s", "token": "%s"}
                """.formatted(execution, UUID.randomUUID())))
                .hasStatus(409);
        assertThat(other.post("/api/v3/runners/self/terraform/report", "no archive"))
                .hasStatus(400);
        assertThat(client.get(runs.path() + "/state/versions")).has("/pagination/total", 1);
    }
}

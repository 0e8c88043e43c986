package ai.kubiya.server.state;

import static ai.kubiya.server.state.States.newProject;
import static ai.kubiya.server.state.States.state;
import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The real Terraform with its state here. */
@ServerTest
class TerraformBackendTest {
    /** Waits in the middle of an apply until the test lets it go on, or kills it. */
    private static final String WAITS = """
            resource "terraform_data" "first" {
              input = "first"
            }
            resource "terraform_data" "waits" {
              depends_on = [terraform_data.first]
              provisioner "local-exec" {
                command = "touch reached; i=0; while [ ! -e go ] && [ $i -lt 1200 ]; do sleep 0.05; i=$((i+1)); done"
              }
            }
            """;

    private static final String WAITING =
            "touch reached; i=0; while [ ! -e go ] && [ $i -lt 1200 ]; do sleep 0.05; i=$((i+1)); done";

    private static Terraform terraform(TestServer server, ApiClient client, String path) {
        return new Terraform(server.url() + path + "/raw", client.key());
    }

    private static void await(Path file, Terraform.Started started) throws InterruptedException, IOException {
        while (!Files.exists(file)) {
            if (!started.process().isAlive()) {
                throw new AssertionError("terraform ended: " + started.output());
            }
            Thread.sleep(20);
        }
    }

    @Test
    void plansAppliesAndDestroys(TestServer server, ApiClient client) {
        String path = newProject(client, "whole-life");
        try (Terraform terraform = terraform(server, client, path)) {
            terraform.write("main.tf", """
                    resource "terraform_data" "many" {
                      count = 3
                      input = "in-${count.index}"
                    }
                    output "address" { value = terraform_data.many[1].output }
                    output "password" {
                      value     = "very-secret-value"
                      sensitive = true
                    }
                    """);
            terraform.init();
            assertThat(terraform.run("plan").succeeds().output()).contains("3 to add");
            assertThat(client.get(path)).hasNull("/current").hasNull("/lock");

            terraform.apply().succeeds();

            assertThat(client.get(path))
                    .has("/current/serial", 1)
                    .has("/current/resource_count", 3)
                    .has("/current/terraform_version", "1.11.4")
                    .hasNull("/lock");
            assertThat(client.get(path.replace("/state", "/resources")).column("address"))
                    .containsExactly("terraform_data.many[0]", "terraform_data.many[1]", "terraform_data.many[2]");
            Answer outputs = client.get(path.replace("/state", "/outputs"));
            assertThat(outputs).has("/data/0/value", "in-1").doesNotMention("very-secret-value");
            assertThat(terraform.run("plan").succeeds().output()).contains("No changes");
            assertThat(terraform.run("output", "-raw", "password").output()).isEqualTo("very-secret-value");

            terraform.run("destroy", "-auto-approve").succeeds();
            assertThat(client.get(path)).has("/current/resource_count", 0);
            assertThat(client.get(path.replace("/state", "/resources")).rows()).isEmpty();
        }
    }

    @Test
    void letsOneOfTwoApply(TestServer server, ApiClient client) throws Exception {
        String path = newProject(client, "two-at-once");
        try (Terraform one = terraform(server, client, path);
                Terraform other = terraform(server, client, path)) {
            one.write("main.tf", WAITS).init();
            other.write("main.tf", WAITS).init();
            Terraform.Started holder = one.start("apply", "-auto-approve");
            await(one.folder().resolve("reached"), holder);
            String id = client.get(path).text("/lock/id");

            Terraform.Result refused = other.apply();

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.words())
                    .contains("Error acquiring the state lock")
                    .contains("HTTP remote state already locked: ID=" + id);
            assertThat(other.run("plan").exitCode()).isEqualTo(1);
            one.write("go", "");
            Terraform.end(holder).succeeds();
            assertThat(client.get(path)).has("/current/resource_count", 2).hasNull("/lock");
            assertThat(other.run("plan").succeeds().output()).contains("No changes");
        }
    }

    @Test
    void keepsWhatWasAppliedWhenTerraformIsKilled(TestServer server, ApiClient client) throws Exception {
        String path = newProject(client, "killed");
        try (Terraform terraform = terraform(server, client, path)) {
            terraform
                    .write("main.tf", WAITS.replace("\"waits\"", "\"later\"").replace(WAITING, "true"))
                    .init()
                    .apply()
                    .succeeds();
            terraform.write("main.tf", WAITS);
            Terraform.Started killed = terraform.start("apply", "-auto-approve");
            await(terraform.folder().resolve("reached"), killed);
            killed.process().destroyForcibly();
            Terraform.end(killed);

            // The state is as it was, and the lock of a machine that is gone stays until somebody says otherwise.
            assertThat(client.get(path + "/raw"))
                    .hasStatus(200)
                    .has("/serial", client.get(path).at("/current/serial"));
            String id = client.get(path).text("/lock/id");
            assertThat(terraform.run("plan").words()).contains("already locked: ID=" + id);

            terraform.run("force-unlock", "-force", id).succeeds();

            assertThat(client.get(path)).hasNull("/lock");
            terraform.write("go", "");
            assertThat(terraform.run("plan").succeeds().output()).contains("1 to add, 0 to change, 1 to destroy");
            terraform.apply().succeeds();
            assertThat(terraform.run("plan").succeeds().output()).contains("No changes");
        }
    }

    @Test
    void plansBackToARestoredVersion(TestServer server, ApiClient client) {
        String path = newProject(client, "back");
        try (Terraform terraform = terraform(server, client, path)) {
            terraform
                    .write("main.tf", "resource \"terraform_data\" \"a\" { input = \"old\" }")
                    .init()
                    .apply()
                    .succeeds();
            terraform
                    .write("main.tf", "resource \"terraform_data\" \"a\" { input = \"new\" }")
                    .apply()
                    .succeeds();
            assertThat(terraform.run("plan").succeeds().output()).contains("No changes");

            assertThat(client.post(path + "/versions/1/restore", "")).hasStatus(201);

            assertThat(terraform.run("plan").succeeds().output())
                    .contains("\"old\" -> \"new\"")
                    .contains("1 to change");
            terraform.apply().succeeds();
            assertThat(client.get(path + "/versions").rows()).hasSize(4);
        }
    }

    @Test
    void pushesAndPullsStates(TestServer server, ApiClient client) {
        String path = newProject(client, "push");
        try (Terraform terraform = terraform(server, client, path)) {
            terraform.init();
            terraform.write("sent.tfstate", state(4, "pushed"));
            terraform.run("state", "push", "sent.tfstate").succeeds();
            assertThat(terraform.run("state", "pull").succeeds().output()).contains("hidden-pushed");

            terraform.write("other.tfstate", state(9).replace(States.LINEAGE, "another"));
            assertThat(terraform.run("state", "push", "-force", "other.tfstate").output())
                    .contains("409");

            assertThat(client.get(path + "/versions").rows()).hasSize(1);
            assertThat(client.get(path)).hasNull("/lock");
        }
    }

    @Test
    void takesAStateOfFiftyMegabytes(TestServer server, ApiClient client) {
        String path = newProject(client, "large");
        String large = States.large(50_000_000);
        try (Terraform terraform = terraform(server, client, path)) {
            terraform.write("large.tfstate", large).init();

            terraform.run("state", "push", "large.tfstate").succeeds();

            assertThat(client.get(path).at("/current/size_bytes").asLong()).isGreaterThan(50_000_000);
            assertThat(terraform.run("state", "pull").succeeds().output()).contains(large.substring(1000, 20_000));
            assertThat(terraform.run("state", "list").succeeds().output()).contains("terraform_data.large[7]");
        }
    }

    @Test
    void letsExactlyOneOfManyWrite(ApiClient client) {
        String path = newProject(client, "race");
        for (int serial = 1; serial <= 10; serial++) {
            int next = serial;
            List<CompletableFuture<Integer>> writers = IntStream.range(0, 8)
                    .mapToObj(writer ->
                            CompletableFuture.supplyAsync(() -> client.post(path + "/raw", state(next, "by-" + writer))
                                    .status()))
                    .toList();

            List<Integer> statuses =
                    writers.stream().map(CompletableFuture::join).sorted().toList();

            assertThat(statuses).containsExactly(200, 409, 409, 409, 409, 409, 409, 409);
        }
        assertThat(client.get(path + "/versions").rows()).hasSize(10);
    }

    @Test
    void givesTheLockToExactlyOneOfMany(ApiClient client) {
        String path = newProject(client, "lock-race");
        for (int round = 0; round < 10; round++) {
            String name = "round-" + round + "-";
            List<CompletableFuture<Integer>> takers = IntStream.range(0, 8)
                    .mapToObj(taker -> CompletableFuture.supplyAsync(
                            () -> client.send("LOCK", path + "/raw", States.lock(name + taker))
                                    .status()))
                    .toList();

            List<Integer> statuses =
                    takers.stream().map(CompletableFuture::join).sorted().toList();

            assertThat(statuses).containsExactly(200, 423, 423, 423, 423, 423, 423, 423);
            String holder = client.get(path).text("/lock/id");
            assertThat(holder).startsWith(name);
            assertThat(client.send("UNLOCK", path + "/raw", States.lock(holder)))
                    .hasStatus(200);
        }
    }
}

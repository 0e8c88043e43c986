package ai.kubiya.server.project.run;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans, approvals and applies of projects. */
@ServerTest(settings = "KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true")
class RunApiTest {
    private static final String TWO = """
            variable "name" {}
            resource "terraform_data" "one" { input = var.name }
            resource "terraform_data" "two" {}
            output "name" { value = terraform_data.one.output }
            """;

    @Test
    void plansApprovesAndApplies(ApiClient client) {
        Runs runs = Runs.of(client, "p", TWO, "[{\"name\": \"name\", \"value\": \"ada\"}]");

        Answer planned = runs.plan();

        assertThat(planned)
                .has("/status", "planned")
                .has("/kind", "plan")
                .has("/counts/add", 2)
                .has("/changes/0/resource_id", "terraform_data.one")
                .has("/changes/0/action", "create")
                .hasNull("/changes/0/before")
                .has("/changes/0/after/input", "ada")
                .has("/changes/0/after/id", "(known after apply)")
                .hasNull("/error");
        assertThat(planned.text("/summary"))
                .startsWith("Plan: 2 to add, 0 to change, 0 to destroy.")
                .contains("+ terraform_data.two will be created", "output name will change");
        assertThat(runs.log(planned.id())).contains("> terraform init", "> terraform plan", "Plan: 2 to add");
        assertThat(client.get(runs.path() + "/executions/" + planned.id() + "/plan"))
                .hasStatus(200)
                .has("/variables/name/value", "ada")
                .has("/resource_changes/1/address", "terraform_data.two");
        assertThat(runs.resources()).isEmpty();

        Answer applied = runs.approve(planned.id());

        assertThat(applied).has("/status", "applied").has("/approved_by", "someone@" + client.organizationName());
        assertThat(applied.text("/approved_at")).isNotEmpty();
        assertThat(runs.log(planned.id())).contains("Plan: 2 to add", "Apply complete! Resources: 2 added");
        assertThat(runs.resources()).containsExactly("terraform_data.one", "terraform_data.two");
        assertThat(client.get(runs.path() + "/outputs")).has("/data/0/value", "ada");
        assertThat(client.get(runs.path()))
                .has("/status", "active")
                .has("/last_execution/id", planned.id())
                .has("/last_execution/status", "applied");
        assertThat(runs.plan()).has("/status", "no_changes").has("/changes", List.of());
    }

    @Test
    void appliesAtOnceWhenToldTo(ApiClient client) {
        Runs asked = Runs.of(client, "asked", "resource \"terraform_data\" \"one\" {}");
        assertThat(asked.apply()).has("/status", "applied").has("/approved_by", "auto_apply");
        assertThat(asked.apply()).has("/status", "no_changes");

        Runs set = Runs.of(client, "set", "resource \"terraform_data\" \"one\" {}");
        assertThat(set.run("apply", "{}")).has("/status", "awaiting_approval").has("/kind", "apply");
        assertThat(client.patch(set.path(), "{\"auto_apply\": true}")).hasStatus(200);
        assertThat(set.plan()).has("/status", "planned");
        assertThat(set.run("apply", "{}")).has("/status", "applied");
        assertThat(set.run("destroy", "{}")).has("/status", "awaiting_approval").has("/counts/destroy", 1);
        assertThat(set.run("destroy", "{\"auto_approve\": true}")).has("/status", "applied");
        assertThat(client.get(set.path())).has("/status", "destroyed");
        assertThat(set.resources()).isEmpty();
    }

    @Test
    void showsExactlyWhatChanged(ApiClient client) {
        Runs runs = Runs.of(client, "p", TWO, "[{\"name\": \"name\", \"value\": \"ada\"}]");
        runs.apply();
        client.put(runs.path() + "/variables", "{\"variables\": [{\"name\": \"name\", \"value\": \"grace\"}]}");

        Answer planned = runs.plan();

        assertThat(planned)
                .has("/counts/add", 0)
                .has("/counts/change", 1)
                .has("/changes/0/resource_id", "terraform_data.one")
                .has("/changes/0/action", "update")
                .has("/changes/0/before/input", "ada")
                .has("/changes/0/after/input", "grace");
        assertThat(planned.at("/changes")).hasSize(1);
        Answer replaced =
                runs.run("plan", "{\"replace\": [\"terraform_data.two\"], \"targets\": [\"terraform_data.two\"]}");
        assertThat(replaced)
                .has("/changes/0/action", "replace")
                .has("/counts/add", 1)
                .has("/counts/destroy", 1);
        assertThat(replaced.at("/changes")).hasSize(1);
    }

    @Test
    void refusesWhatCannotBeApproved(ApiClient client) {
        Runs runs = Runs.of(client, "p", TWO, "[{\"name\": \"name\", \"value\": \"ada\"}]");
        assertThat(client.post(runs.path() + "/approve", "{}"))
                .hasStatus(409)
                .saysWhy("No execution of the project \"p\" waits for approval");
        String first = runs.plan().id();
        String second = runs.plan().id();

        assertThat(runs.approve(second)).has("/status", "applied");
        assertThat(client.post(runs.path() + "/approve", "{\"execution_id\": \"%s\"}".formatted(first)))
                .hasStatus(409)
                .saysWhy("The state was changed after this plan was made", "made from serial none", "plan again");
        assertThat(client.post(runs.path() + "/approve", "{\"plan_id\": \"%s\"}".formatted(second)))
                .hasStatus(409)
                .saysWhy("is applied");

        client.put(runs.path() + "/variables", "{\"variables\": [{\"name\": \"name\", \"value\": \"grace\"}]}");
        String third = runs.plan().id();
        client.put(runs.path() + "/variables", "{\"variables\": [{\"name\": \"name\", \"value\": \"joan\"}]}");
        assertThat(client.post(runs.path() + "/approve", "{}"))
                .hasStatus(409)
                .saysWhy("the variables or the secrets of the project were changed");
        assertThat(client.post(runs.path() + "/reject", "{\"execution_id\": \"%s\"}".formatted(third)))
                .hasStatus(200)
                .has("/status", "rejected")
                .has("/rejected_by", "someone@" + client.organizationName());
        assertThat(client.post(runs.path() + "/approve", "{\"execution_id\": \"%s\"}".formatted(third)))
                .hasStatus(409);
        String looked = runs.run("plan", "{\"speculative\": true}").id();
        assertThat(client.post(runs.path() + "/approve", "{\"execution_id\": \"%s\"}".formatted(looked)))
                .hasStatus(409)
                .saysWhy("only to be looked at");
        assertThat(client.post(runs.path() + "/approve", "{\"execution_id\": \"nope\"}"))
                .hasStatus(404);
    }

    @Test
    void refusesAPlanWhoseSecretIsAnotherNow(ApiClient client) {
        client.create("/v1/secrets", "{\"name\": \"db\", \"value\": \"first-secret\"}");
        Runs runs = Runs.of(client, "p", TWO, "[{\"name\": \"name\", \"secret\": \"db\"}]");
        String planned = runs.plan().id();
        client.patch("/v1/secrets/db", "{\"value\": \"second-secret\"}");

        assertThat(runs.approve(planned)).has("/status", "failed").has("/error_code", "plan_stale");
        assertThat(runs.resources()).isEmpty();
    }

    @Test
    void tellsNoSecretAnywhere(ApiClient client, TestServer server) {
        client.create("/v1/secrets", "{\"name\": \"db-password\", \"value\": \"very-secret-one\"}");
        client.create("/v1/secrets", "{\"name\": \"cloud.key\", \"value\": \"very-secret-two\"}");
        Runs runs = Runs.of(client, "p", """
                variable "password" {}
                variable "token" { sensitive = true }
                variable "marked" {}
                resource "terraform_data" "one" {
                  input = { a = var.password, b = var.token, c = var.marked }
                  provisioner "local-exec" { command = "echo key $CLOUD_KEY; echo all ${nonsensitive(var.token)}" }
                }
                output "token" {
                  value     = var.token
                  sensitive = true
                }
                output "password" { value = var.password }
                """, """
                [{"name": "password", "secret": "db-password"}, {"name": "token", "value": "very-secret-three"},
                 {"name": "marked", "value": "very-secret-four", "sensitive": true}]
                """);
        client.patch(runs.path(), "{\"secrets\": [{\"name\": \"cloud.key\", \"to_env\": \"CLOUD_KEY\"}]}");

        Answer planned = runs.plan();
        Answer applied = runs.approve(planned.id());

        assertThat(planned).has("/changes/0/after/input/b", "(sensitive value)");
        assertThat(applied).has("/status", "applied");
        assertThat(runs.log(planned.id())).contains("key ***", "all ***");
        for (String path : List.of(
                "",
                "/executions",
                "/executions/" + planned.id(),
                "/executions/" + planned.id() + "/plan",
                "/executions/" + planned.id() + "/logs?limit=500")) {
            assertThat(client.get(runs.path() + path)).hasStatus(200).doesNotMention("very-secret");
        }
        assertThat(server.dump()).doesNotContain("very-secret");
    }

    @Test
    void takesTurns(ApiClient client) {
        Runs runs = Runs.of(client, "p", slow(1, "2"));
        String first =
                client.post(runs.path() + "/apply", "{\"auto_approve\": true}").id();
        String second = client.post(runs.path() + "/plan", "{}").id();
        String third = client.post(runs.path() + "/plan", "{}").id();
        runs.await(first, RunStatus.APPLYING);

        assertThat(runs.get(second)).has("/status", "pending").hasNull("/started_at");
        assertThat(client.get(runs.path())).has("/status", "running");
        assertThat(client.post(runs.path() + "/cancel", "{\"execution_id\": \"%s\"}".formatted(third)))
                .hasStatus(200)
                .has("/status", "cancelled");
        assertThat(runs.settled(first)).has("/status", "applied");
        Answer waited = runs.settled(second);
        assertThat(waited).has("/status", "no_changes");
        assertThat(waited.text("/started_at")).isGreaterThan(runs.get(first).text("/finished_at"));
        assertThat(client.get(runs.path() + "/executions"))
                .has("/pagination/total", 3)
                .has("/data/0/id", third)
                .has("/data/2/id", first);
        assertThat(client.get(runs.path() + "/executions?status=cancelled")).has("/pagination/total", 1);
        assertThat(client.get(runs.path() + "/executions?limit=1&offset=1")).has("/data/0/id", second);
    }

    private static String slow(int count, String seconds) {
        return """
                resource "terraform_data" "slow" {
                  count = %d
                  provisioner "local-exec" { command = "sleep %s" }
                }
                """.formatted(count, seconds);
    }

    @Test
    void interruptsAnApplyAndKeepsWhatItMade(ApiClient client) {
        Runs runs = Runs.of(client, "p", slow(40, "0.4"));
        String id =
                client.post(runs.path() + "/apply", "{\"auto_approve\": true}").id();
        runs.awaitLog(id, "Creation complete");

        assertThat(client.post(runs.path() + "/cancel", "{}")).hasStatus(200);

        assertThat(runs.settled(id))
                .has("/status", "cancelled")
                .has("/cancelled_by", "someone@" + client.organizationName());
        assertThat(runs.log(id)).contains("Interrupt received");
        int made = runs.resources().size();
        assertThat(made).isBetween(10, 39);
        assertThat(client.get(runs.path() + "/state")).hasNull("/lock");
        assertThat(client.post(runs.path() + "/cancel", "{\"execution_id\": \"%s\"}".formatted(id)))
                .hasStatus(409)
                .saysWhy("over");
        Answer next = runs.plan();
        assertThat(next.at("/counts/add").asInt() - next.at("/counts/destroy").asInt())
                .isEqualTo(40 - made);
    }

    @Test
    void planAndApplyUseTheSameCommit(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository()
                .write("infra/main.tf", """
                module "m" { source = "../modules/m" }
                """)
                .write(
                        "modules/m/main.tf",
                        "resource \"terraform_data\" \"first\" { input = file(\"${path.module}/text\") }\n")
                .write("modules/m/text", "one");
        String first = repository.commit();
        Runs runs = new Runs(client, client.create("/v1/projects", """
                {"name": "g", "url": "%s", "path": "infra"}
                """.formatted(repository.url())));
        Answer planned = runs.plan();
        String second = repository
                .write("modules/m/main.tf", "resource \"terraform_data\" \"second\" {}\n")
                .commit();

        Answer applied = runs.approve(planned.id());

        assertThat(applied).has("/status", "applied").has("/commit", first).has("/branch", "main");
        assertThat(runs.resources()).containsExactly("module.m.terraform_data.first");
        Answer next = runs.plan();
        assertThat(next).has("/commit", second).has("/counts/add", 1).has("/counts/destroy", 1);
        assertThat(client.get(runs.path()))
                .has("/commit", second)
                .has("/resources/0/address", "module.m.terraform_data.second");

        repository.branch("feature").write("modules/m/text", "two").commit();
        assertThat(runs.run("plan", "{\"revision\": \"feature\", \"speculative\": true}"))
                .has("/branch", "feature")
                .has("/speculative", true);
        assertThat(client.get(runs.path())).has("/commit", second);
    }

    @Test
    void findsWhatOthersChanged(ApiClient client) {
        Runs runs = Runs.of(client, "p", """
                resource "terraform_data" "file" {
                  provisioner "local-exec" { command = "true" }
                }
                """);
        runs.apply();
        assertThat(runs.run("plan", "{\"refresh_only\": true}"))
                .has("/status", "no_changes")
                .has("/mode", "refresh_only")
                .has("/drift", List.of());
    }

    @Test
    void followsTheLogAndGoesOnAfterALostConnection(ApiClient client) {
        Runs runs = Runs.of(client, "p", slow(1, "1"));
        String id = client.post(runs.path() + "/apply", "{}").id();
        String logs = runs.path() + "/executions/" + id + "/logs";
        List<EventReader.Event> planned;
        try (EventReader reader = client.stream(logs + "?follow=true")) {
            planned = reader.rest();
        }
        assertThat(planned.getLast().json().path("status").asText()).isEqualTo("awaiting_approval");
        String last = planned.get(planned.size() - 2).id();

        client.post(runs.path() + "/approve", "{}");
        List<EventReader.Event> applied;
        try (EventReader reader = client.streamAfter(last, logs + "?follow=true")) {
            applied = reader.rest();
        }

        assertThat(applied.getLast().json().path("status").asText()).isEqualTo("applied");
        assertThat(Long.parseLong(applied.getFirst().id())).isEqualTo(Long.parseLong(last) + 1);
        assertThat(client.get(logs + "?limit=500")).has("/pagination/total", planned.size() + applied.size() - 2);
        assertThat(client.get(logs + "?limit=1&offset=" + last)).has("/data/0/seq", Integer.parseInt(last) + 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plan    | {"targets": ["-destroy"]}             | /targets/0    | must be the address
            plan    | {"replace": [""]}                     | /replace/0    | must not be empty
            plan    | {"revision": "x"}                     | /revision     | is of a git repository
            plan    | {"refresh_only": true, "destroy": true} | /refresh_only | cannot stand beside destroy
            plan    | {"refresh_only": true, "replace": ["a.b"]} | /replace | changes nothing
            plan    | {"auto_approve": true}                | /auto_approve | is not a field
            apply   | {"targets": "all"}                    | /targets      | must be an array
            destroy | {"message": 5}                        | /message      | must be a string
            approve | {"execution_id": 5}                   | /execution_id | must be a string
            """)
    void saysWhatIsWrongWithARequest(String verb, String body, String field, String words, ApiClient client) {
        Runs runs = Runs.of(client, "p", "");

        assertThat(client.post(runs.path() + "/" + verb, body)).hasStatus(400).hasFieldError(field, words);
        assertThat(client.get(runs.path() + "/executions")).has("/pagination/total", 0);
    }

    @Test
    void saysWhatTheProjectLacks(ApiClient client) {
        Runs missing = Runs.of(client, "missing", "variable \"a\" {}\nvariable \"b\" {}");
        assertThat(client.post(missing.path() + "/plan", "{}"))
                .hasStatus(400)
                .hasFieldErrors(2)
                .hasFieldError("/variables", "\"b\" has no value");
        String bare = client.create("/v1/projects", "{\"name\": \"bare\"}");
        assertThat(client.post("/v1/projects/" + bare + "/plan", "{}"))
                .hasStatus(409)
                .saysWhy("names no code");
        assertThat(client.post("/v1/projects/nope/plan", "{}")).hasStatus(404);
    }

    @Test
    void saysInTheRunWhatTerraformComplainsAbout(ApiClient client, GitServer git) {
        assertThat(Runs.of(client, "a", "resource \"terraform_data\" \"x\" {\n  inputs = 1\n}")
                        .plan())
                .has("/status", "failed")
                .has("/error_code", "plan_failed")
                .has(
                        "/error",
                        "Unsupported argument (main.tf line 2): An argument named \"inputs\" is not expected here."
                                + " Did you mean \"input\"?");
        Answer unclosed =
                Runs.of(client, "b", "resource \"terraform_data\" \"x\" {").plan();
        assertThat(unclosed).has("/error_code", "init_failed");
        assertThat(unclosed.text("/error")).startsWith("Unclosed configuration block (main.tf line 1");
        assertThat(Runs.of(client, "c", "resource \"random_id\" \"x\" {}").plan())
                .has("/error_code", "provider_unavailable");
        assertThat(Runs.of(client, "d", "module \"m\" {\n  source = \"../../../etc\"\n}")
                        .plan())
                .has("/error_code", "module_outside_repository")
                .has("/error", "module.m is to be at ../../../etc, which is outside of the repository.");
        Answer failing = Runs.of(client, "e", """
                resource "terraform_data" "x" {
                  provisioner "local-exec" { command = "exit 3" }
                }
                """).apply();
        assertThat(failing).has("/status", "failed").has("/error_code", "apply_failed");
        assertThat(failing.text("/error")).contains("exit status 3");
        assertThat(client.get("/v1/projects/e")).has("/status", "failed");

        GitRepository repository = git.newRepository().write("main.tf", "");
        repository.commit();
        Runs gone = new Runs(client, client.create("/v1/projects", """
                {"name": "f", "url": "%s"}
                """.formatted(repository.url())));
        client.post(gone.path() + "/plan", "{}");
        assertThat(gone.run("plan", "{\"revision\": \"nope\"}")).has("/error_code", "code_unavailable");
    }

    @Test
    void tellsSubscribersAndTheAuditTrail(ApiClient client, TestServer server) {
        Runs runs = Runs.of(client, "p", "resource \"terraform_data\" \"x\" {}");
        String id = runs.plan().id();
        runs.approve(id);

        assertThat(server.stored(
                        "SELECT type FROM event WHERE data ->> 'execution_id' = '" + id + "' ORDER BY position"))
                .containsExactly("project.plan.completed", "project.apply.completed");
        assertThat(client.get("/v1/audit?category=projects").rows().stream()
                        .map(item -> item.path("action_type").asText()))
                .contains("create", "plan", "approve", "applied");
    }

    @Test
    void needsTheScopeToWrite(ApiClient client, TestServer server) {
        Runs runs = Runs.of(client, "p", "resource \"terraform_data\" \"x\" {}");
        ApiClient reader = server.withScopes(client, Scope.PROJECTS_READ);
        String id = runs.plan().id();

        for (String verb : List.of("plan", "apply", "destroy", "approve", "reject", "cancel")) {
            assertThat(reader.post(runs.path() + "/" + verb, "{}"))
                    .hasStatus(403)
                    .saysWhy("projects:write");
        }
        assertThat(reader.get(runs.path() + "/executions/" + id)).hasStatus(200);
    }
}

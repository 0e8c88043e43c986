package ai.kubiya.server.workflow;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static ai.kubiya.server.workflow.Workflows.message;
import static ai.kubiya.server.workflow.Workflows.output;
import static ai.kubiya.server.workflow.Workflows.over;
import static ai.kubiya.server.workflow.Workflows.start;
import static ai.kubiya.server.workflow.Workflows.status;
import static ai.kubiya.server.workflow.Workflows.step;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Workflows whose steps run in the sandbox. */
@ServerTest
class WorkflowApiTest {
    @Test
    void passesOutputsOnAndRunsInOrder(ApiClient client) {
        String run = start(client, """
                {"name": "version", "command": "echo 1.2.3", "output": "VERSION"},
                {"name": "data", "id": "d", "command": "echo '{\\"region\\": {\\"zones\\": [\\"a\\", \\"b\\"]}}'", "output": "DATA"},
                {"name": "use", "depends": ["version", "data"],
                 "command": "echo v$VERSION ${VERSION} ${DATA.region.zones[1]} ${d.exit_code} ${params.WHO}"}
                """, ", \"params\": {\"WHO\": \"Ada\"}, \"env\": {\"STAGE\": \"dev\"}");

        Answer over = over(client, run);

        assertThat(over)
                .has("/status", "completed")
                .has("/name", "test")
                .has("/outputs/VERSION", "1.2.3")
                .has("/steps/2/output", "v1.2.3 1.2.3 b 0 Ada")
                .has("/steps/2/depends/0", "version");
        assertThat(client.get("/v1/executions/" + over.text("/steps/2/execution_id")))
                .has("/parent_id", run)
                .has("/kind", "tool")
                .has("/status", "completed");
    }

    @Test
    void neverRunsWhatAStepPrinted(ApiClient client) {
        String run = start(client, """
                {"name": "evil", "output": "EVIL",
                 "command": "printf %s 'x\\"; echo pwned; $(echo pwned) `echo pwned` '; printf \\"'; echo pwned\\""},
                {"name": "shell", "depends": ["evil"], "command": "printf '%s' \\"${EVIL}\\""},
                {"name": "part", "depends": ["evil"], "command": "printf '%s' \\"${evil.output}\\""},
                {"name": "python", "depends": ["evil"], "command": "python", "script": "print(${EVIL}, end='')"},
                {"name": "node", "depends": ["evil"], "command": "printf '%s' '{{EVIL}}'"}
                """);

        Answer over = over(client, run);

        String said = output(over, "evil");
        assertThat(said).contains("; echo pwned;").contains("'; echo pwned");
        for (String step : new String[] {"shell", "part", "python", "node"}) {
            assertThat(output(over, step)).as(step).isEqualTo(said);
        }
    }

    @Test
    void runsIndependentStepsAtTheSameTime(ApiClient client) {
        // Each waits for the other: one after the other they would never end.
        String volume = UUID.randomUUID().toString();
        String both = """
                {"name": "%s", "timeout": 30, "executor": {"type": "tool", "config": {"tool_def": {"type": "script",
                   "content": "touch /s/%s; until [ -e /s/%s ]; do sleep 0.05; done; echo met",
                   "with_volumes": [{"name": "%s", "path": "/s"}]}}}}
                """;
        String run = start(client, both.formatted("a", "a", "b", volume) + "," + both.formatted("b", "b", "a", volume));

        assertThat(over(client, run))
                .has("/status", "completed")
                .has("/steps/0/output", "met")
                .has("/steps/1/output", "met");
    }

    @Test
    void aFailureStopsWhatDependsOnItAndNothingElse(ApiClient client) {
        Answer over = over(client, start(client, """
                {"name": "bad", "command": "echo oh; exit 7"},
                {"name": "after", "depends": ["bad"], "command": "echo no"},
                {"name": "afterwards", "depends": ["after"], "command": "echo no"},
                {"name": "beside", "command": "echo yes"}
                """));

        assertThat(over)
                .has("/status", "failed")
                .has("/error_code", "step_failed")
                .mentions("The step \\\"bad\\\" failed");
        assertThat(status(over, "bad")).isEqualTo("failed");
        assertThat(step(over, "bad").path("exit_code").asInt()).isEqualTo(7);
        assertThat(output(over, "bad")).isEqualTo("oh");
        assertThat(status(over, "after")).isEqualTo("cancelled");
        assertThat(status(over, "afterwards")).isEqualTo("cancelled");
        assertThat(output(over, "beside")).isEqualTo("yes");
    }

    @Test
    void goesOnAfterAFailureThatIsForgiven(ApiClient client) {
        Answer over = over(client, start(client, """
                {"name": "bad", "command": "exit 4", "continueOn": {"exitCode": [4]}},
                {"name": "after", "depends": ["bad"], "command": "echo code ${bad.exit_code}"},
                {"name": "marked", "command": "exit 1", "continueOn": {"failure": true, "markSuccess": true}}
                """));

        assertThat(over).has("/status", "completed");
        assertThat(status(over, "bad")).isEqualTo("failed");
        assertThat(output(over, "after")).isEqualTo("code 4");
        assertThat(status(over, "marked")).isEqualTo("completed");
    }

    @Test
    void triesAgainWhatFailed(ApiClient client) {
        String flaky = """
                {"name": "flaky", "retryPolicy": {"limit": 2, "intervalSec": 0}, "executor": {"type": "tool", "config":
                  {"tool_def": {"type": "script", "with_volumes": [{"name": "%s", "path": "/kept"}],
                   "content": "echo x >> /kept/runs; wc -l < /kept/runs; test $(wc -l < /kept/runs) -ge 3"}}}}
                """.formatted(UUID.randomUUID());

        Answer over = over(client, start(client, flaky));

        assertThat(over).has("/status", "completed").has("/steps/0/attempt", 3).has("/steps/0/output", "3");
        assertThat(client.get("/v1/executions/" + over.id() + "/logs").column("type"))
                .containsSubsequence("step.started", "step.retried", "step.started", "step.retried", "step.completed");
    }

    @Test
    void skipsWhatItsPreconditionsDoNotWant(ApiClient client) {
        Answer over = over(client, start(client, """
                {"name": "stage", "command": "echo dev", "output": "STAGE"},
                {"name": "prod", "depends": ["stage"], "command": "echo no", "preconditions": ["${STAGE} == prod"]},
                {"name": "after", "depends": ["prod"], "command": "echo no"},
                {"name": "unless", "depends": ["stage"], "command": "echo yes", "preconditions": ["${STAGE} != prod"]},
                {"name": "like", "depends": ["stage"], "command": "echo yes",
                 "preconditions": [{"condition": "${STAGE}", "expected": "re:^d.v$"}]},
                {"name": "unset", "depends": ["stage"], "command": "echo no", "preconditions": ["${NOTHING}"]},
                {"name": "anyway", "depends": ["like", "unless"], "command": "echo yes"}
                """));

        assertThat(over).has("/status", "completed");
        assertThat(message(over, "prod")).contains("${STAGE} == prod");
        for (String skipped : new String[] {"prod", "after", "unset"}) {
            assertThat(status(over, skipped)).as(skipped).isEqualTo("skipped");
        }
        for (String done : new String[] {"unless", "like", "anyway"}) {
            assertThat(output(over, done)).as(done).isEqualTo("yes");
        }
    }

    @Test
    void doesAStepForEveryItem(ApiClient client) {
        Answer over = over(client, start(client, """
                {"name": "list", "command": "echo '[\\"x\\", \\"y z\\", {\\"k\\": 1}]'", "output": "LIST"},
                {"name": "each", "depends": ["list"], "parallel": "${LIST}", "command": "echo got \\"$ITEM\\"", "output": "ALL"},
                {"name": "some", "parallel": {"items": ["a", "b"], "maxConcurrent": 1},
                 "command": "test $ITEM = a", "continueOn": {"failure": true}},
                {"name": "sum", "depends": ["each"], "command": "echo ${ALL[1]}"}
                """));

        assertThat(over).has("/status", "completed");
        assertThat(output(over, "each")).isEqualTo("[\"got x\",\"got y z\",\"got {\\\"k\\\":1}\"]");
        assertThat(output(over, "sum")).isEqualTo("got y z");
        assertThat(status(over, "some")).isEqualTo("failed");
        assertThat(step(over, "some").at("/items/0/status").asText()).isEqualTo("completed");
        assertThat(step(over, "some").at("/items/1/status").asText()).isEqualTo("failed");
    }

    @Test
    void runsToolsAndWorkflowsByName(ApiClient client) {
        client.create("/v1/sources", """
                {"name": "w", "inline_tools": [{"name": "greet", "description": "d", "type": "script",
                   "content": "echo Hello, {{.who}}.", "args": [{"name": "who", "required": true}]}],
                 "inline_workflows": [{"name": "polite", "params": {"WHO": "you"}, "steps": [
                   {"name": "say", "output": "SAID", "executor": {"type": "tool", "config":
                     {"tool_name": "greet", "args": {"who": "${WHO}"}}}}]}]}
                """);

        Answer named = client.post("/v1/workflows/executions", "{\"workflow\": \"polite\"}");
        Answer within = over(client, start(client, """
                {"name": "inner", "output": "INNER",
                 "executor": {"type": "workflow", "config": {"workflow": "polite", "params": {"WHO": "Ada"}}}},
                {"name": "use", "depends": ["inner"], "command": "echo ${INNER.SAID}"}
                """));

        assertThat(over(client, named.id())).has("/status", "completed").has("/outputs/SAID", "Hello, you.");
        assertThat(output(within, "use")).isEqualTo("Hello, Ada.");
        assertThat(client.get("/v1/workflows")).has("/pagination/total", 1).has("/data/0/name", "polite");
        assertThat(client.get("/v1/workflows/polite")).has("/steps_count", 1).has("/source_name", "w");
    }

    @Test
    void callsThisApiInTheNameOfItsCaller(TestServer server, ApiClient client) {
        client.create("/v1/groups", "{\"name\": \"crew\"}");
        String steps = """
                {"name": "me", "output": "ME", "executor": {"type": "kubiya", "config": {"url": "api/v1/users/self"}}},
                {"name": "make", "executor": {"type": "kubiya", "config": {"url": "/v1/groups", "method": "POST",
                   "body": {"name": "made by ${ME.email}"}}}, "depends": ["me"]},
                {"name": "wrong", "executor": {"type": "kubiya", "config": {"url": "/v1/nothing"}},
                 "continueOn": {"failure": true}}
                """;

        Answer over = over(client, start(client, steps));
        ApiClient narrow = server.withScopes(client, Scope.WORKFLOWS_MANAGE, Scope.WORKFLOWS_READ);
        Answer refused = over(narrow, start(narrow, steps));

        assertThat(over).has("/status", "completed");
        assertThat(client.get("/v1/groups").column("name")).anyMatch(name -> name.startsWith("made by "));
        assertThat(message(over, "wrong")).contains("404");
        assertThat(status(refused, "make")).isEqualTo("failed");
        assertThat(message(refused, "make")).contains("403");
    }

    @Test
    void cancelsWhatRunsInIt(ApiClient client) {
        String run = start(client, """
                {"name": "slow", "command": "echo begun; sleep 600"},
                {"name": "after", "depends": ["slow"], "command": "echo no"}
                """);
        Answer running =
                Workflows.await(client, run, answer -> status(answer, "slow").equals("running"));

        assertThat(client.post("/v1/executions/" + run + "/cancel", "{}")).hasStatus(200);

        Answer over = over(client, run);
        assertThat(over).has("/status", "cancelled");
        assertThat(status(over, "slow")).isEqualTo("cancelled");
        assertThat(status(over, "after")).isEqualTo("cancelled");
        assertThat(client.get("/v1/executions/"
                        + step(running, "slow").path("execution_id").asText()))
                .has("/status", "cancelled");
    }

    @Test
    void stopsWhatTakesTooLong(ApiClient client) {
        Answer step = over(client, start(client, "{\"name\": \"slow\", \"command\": \"sleep 600\", \"timeout\": 1}"));
        Answer started = client.post("/v1/workflows/executions", """
                {"workflow": {"name": "late", "timeout": 1, "steps": [{"name": "slow", "command": "sleep 600"}]}}
                """);

        assertThat(step).has("/status", "failed").has("/steps/0/error_code", "timed_out");
        assertThat(over(client, started.id())).has("/status", "failed").has("/error_code", "timed_out");
    }

    @Test
    void waitsForAnApprovalOfAStep(ApiClient client) {
        String run = start(client, """
                {"name": "first", "command": "echo one"},
                {"name": "danger", "depends": ["first"], "command": "echo two", "requires_approval": {"message": "sure?"}}
                """);
        Workflows.await(client, run, answer -> answer.text("/status").equals("waiting"));
        String approval = client.get("/v1/approvals?status=pending")
                .rows()
                .getFirst()
                .path("id")
                .asText();

        assertThat(client.post("/v1/approvals/" + approval + "/approve", "{}")).hasStatus(200);

        assertThat(over(client, run)).has("/status", "completed").has("/steps/1/output", "two");
    }

    @Test
    void aStepThatIsNotApprovedIsNeverBegun(ApiClient client) {
        String run = start(client, """
                {"name": "danger", "command": "echo two", "requires_approval": true, "retryPolicy": {"limit": 3, "intervalSec": 0}}
                """);
        Workflows.await(client, run, answer -> answer.text("/status").equals("waiting"));
        String approval = client.get("/v1/approvals?status=pending")
                .rows()
                .getFirst()
                .path("id")
                .asText();

        assertThat(client.post("/v1/approvals/" + approval + "/reject", "{\"reason\": \"no\"}"))
                .hasStatus(200);

        assertThat(over(client, run))
                .has("/status", "failed")
                .has("/steps/0/error_code", "rejected")
                .has("/steps/0/attempt", 1);
    }

    @Test
    void keepsSecretsOfTheRequest(TestServer server, ApiClient client) {
        String run = start(client, """
                {"name": "command", "command": "printf %s \\"$TOKEN\\" | wc -c; echo ${secrets.TOKEN}"}
                """, ", \"secrets\": {\"TOKEN\": \"very-secret-value-1\"}");

        Answer over = over(client, run);

        assertThat(output(over, "command")).isEqualTo("19\n***");
        assertThat(server.dump()).doesNotContain("very-secret-value-1");
    }

    @Test
    void saysAllThatIsWrong(TestServer server, ApiClient client) {
        Answer refused = client.post("/v1/workflows/executions", """
                {"workflow": {"name": "w", "no_such": 1, "steps": [
                  {"name": "a", "command": "x", "depends": ["b"]}, {"name": "b", "command": "x", "depends": ["a"]},
                  {"name": "a", "executor": {"type": "ssh"}}, {"command": "x", "timeout": "long"},
                  {"name": "c", "depends": ["z"], "executor": {"type": "agent"}},
                  {"name": "d", "command": "x", "preconditions": ["`id`"], "repeatPolicy": {}}]}}
                """);
        Answer circle = client.post("/v1/workflows/executions", """
                {"workflow": {"name": "w", "steps": [
                  {"name": "a", "command": "x", "depends": ["b"]}, {"name": "b", "command": "x", "depends": ["a"]}]}}
                """);

        assertThat(refused)
                .hasStatus(400)
                .hasFieldError("/workflow/no_such", "is not a field")
                .hasFieldError("/workflow/steps/2/executor/type", "not available")
                .hasFieldError("/workflow/steps/3/name", "required")
                .hasFieldError("/workflow/steps/3/timeout", "whole number")
                .hasFieldError("/workflow/steps/4/executor/config/agent_name", "required")
                .hasFieldError("/workflow/steps/5/preconditions/0", "cannot run a command")
                .hasFieldError("/workflow/steps/5/repeatPolicy", "not available");
        assertThat(circle).hasStatus(400).hasFieldError("/workflow/steps", "wait for each other: a, b");
        assertThat(client.post("/v1/workflows/executions", "{\"workflow\": \"none\"}"))
                .hasStatus(400)
                .hasFieldError("/workflow", "no workflow \"none\"");
        assertThat(client.post(
                        "/v1/workflows/executions",
                        "{\"workflow\": {\"name\": \"w\", \"steps\": []}, \"runner\": \"none\"}"))
                .hasStatus(400);
        ApiClient narrow = server.withScopes(client, Scope.WORKFLOWS_MANAGE);
        assertThat(narrow.post(
                        "/v1/workflows/executions",
                        "{\"workflow\": {\"name\": \"w\", \"steps\": [{\"name\": \"a\", \"command\": \"x\"}]}}"))
                .hasStatus(403)
                .saysWhy("tools:execute");
        assertThat(client.get("/v1/workflows")).has("/pagination/total", 0);
    }

    @Test
    void aTaskRunsAWorkflow(ApiClient client) {
        String task = client.create("/v1/tasks", """
                {"name": "nightly", "parameters": {"WHO": "Ada"}, "workflow": {"name": "w", "steps": [
                  {"name": "a", "command": "echo hi $WHO", "output": "A"}, {"name": "b", "command": "echo b", "depends": ["a"]}]}}
                """);
        Answer over = ai.kubiya.server.task.Tasks.over(client, task);

        assertThat(over).has("/status", "completed").has("/kind", "workflow").mentions("hi Ada");
        assertThat(client.get("/v1/tasks/" + task + "/status"))
                .has("/metadata/total_steps", 2)
                .has("/metadata/steps_completed", 2)
                .has("/progress", 100);
    }
}

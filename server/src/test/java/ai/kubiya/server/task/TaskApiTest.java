package ai.kubiya.server.task;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.EventReader.Event;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tasks that run tools in the sandbox. */
@ServerTest
class TaskApiTest {

    /** Fails until it is run for the third time; a directory stays from run to run. */
    private static String flaky(ApiClient client, String more) {
        return client.create("/v1/tasks", """
                {"name": "flaky", "tool_def": {"type": "script",
                    "content": "echo x >> /kept/runs; wc -l < /kept/runs; test $(wc -l < /kept/runs) -ge 3",
                    "with_volumes": [{"name": "%s", "path": "/kept"}]}%s}
                """.formatted(UUID.randomUUID(), more));
    }

    private static List<String> published(TestServer server, String task) {
        return server.stored("SELECT type FROM event WHERE resource_id = '%s' ORDER BY position".formatted(task));
    }

    @Test
    void runsATool(TestServer server, ApiClient client) {
        client.create("/v1/tools", """
                {"name": "greet", "description": "d", "type": "script", "content": "echo Hello, $who.",
                 "args": [{"name": "who", "required": true}]}
                """);
        Answer created = client.post("/v1/tasks", """
                {"name": "greeting", "tool": "greet", "parameters": {"who": "Ada"}, "metadata": {"ticket": "X-1"}}
                """);
        assertThat(created)
                .hasStatus(201)
                .hasHeader("Location", "/v1/tasks/" + created.id())
                .hasHeader("ETag")
                .has("/kind", "tool")
                .has("/metadata/ticket", "X-1");

        Answer over = Tasks.over(client, created.id());

        assertThat(over)
                .has("/status", "completed")
                .has("/progress", 100)
                .has("/attempt", 1)
                .has("/result/output", "Hello, Ada.\n")
                .hasNull("/result/error")
                .hasNull("/cancelled_at");
        assertThat(client.get("/v1/executions/" + over.text("/execution_id")))
                .has("/task_id", created.id())
                .has("/status", "completed");
        assertThat(published(server, created.id())).containsExactly("task.started", "task.completed");
        assertThat(client.get("/v1/tasks/" + created.id() + "/status"))
                .has("/status", "completed")
                .has("/progress", 100);
        assertThat(client.get("/v1/audit?category=tasks").column("action_type")).containsExactly("create");
    }

    @Test
    void saysWhyAToolFailed(TestServer server, ApiClient client) {
        String task = Tasks.create(client, "echo so far; exit 3", "");

        assertThat(Tasks.over(client, task))
                .has("/status", "failed")
                .has("/result/output", "so far\n")
                .mentions("exit code 3");
        assertThat(published(server, task)).containsExactly("task.started", "task.failed");
    }

    @Test
    void triesAgainWhatFailed(TestServer server, ApiClient client) {
        String task = flaky(client, ", \"retry\": {\"limit\": 4, \"interval_seconds\": 0}");

        assertThat(Tasks.over(client, task))
                .has("/status", "completed")
                .has("/attempt", 3)
                .has("/result/output", "3\n");
        List<String> attempts =
                server.stored("SELECT status FROM execution WHERE task_id = '%s' ORDER BY id".formatted(task));
        assertThat(attempts).containsExactly("failed", "failed", "completed");
        assertThat(published(server, task))
                .containsExactly("task.started", "task.started", "task.started", "task.completed");
        JsonNode logs = client.get("/v1/tasks/" + task + "/logs?level=info").at("/logs");
        assertThat(logs.valueStream()
                        .map(line -> line.at("/metadata/attempt").asInt() + " "
                                + line.path("message").asText()))
                .startsWith("1 1", "2 2", "3 3");
    }

    @Test
    void givesUpAfterTheLastAttempt(ApiClient client) {
        String task = flaky(client, ", \"retry\": {\"limit\": 1, \"interval_seconds\": 0}");

        assertThat(Tasks.over(client, task))
                .has("/status", "failed")
                .has("/attempt", 2)
                .has("/result/output", "2\n");
    }

    @Test
    void waitsBeforeItTriesAgain(TestServer server, ApiClient client) {
        String task = flaky(client, ", \"retry\": {\"limit\": 4, \"interval_seconds\": 3600}");

        Answer waiting =
                Tasks.await(client, task, answer -> answer.text("/result/error").contains("exit code"));

        assertThat(waiting).has("/status", "pending").has("/attempt", 1);
        assertThat(server.stored("SELECT count(*) FROM job WHERE task_instance = '%s'".formatted(task)))
                .containsExactly("1");
        assertThat(client.put("/v1/tasks/" + task + "/cancel", "")).hasStatus(200);
        assertThat(server.stored("SELECT count(*) FROM job WHERE task_instance = '%s'".formatted(task)))
                .containsExactly("0");
    }

    @Test
    void stopsWhatTakesTooLong(ApiClient client) {
        String task = Tasks.create(client, "echo begun; sleep 60", ", \"timeout\": 1");

        assertThat(Tasks.over(client, task))
                .has("/status", "failed")
                .has("/result/output", "begun\n")
                .mentions("time");
    }

    @Test
    void cancelsWhatRuns(TestServer server, ApiClient client) {
        String task = Tasks.create(client, "echo begun; sleep 60", "");
        Answer running =
                Tasks.await(client, task, answer -> answer.text("/status").equals("running"));

        Answer cancelled = client.put("/v1/tasks/" + task + "/cancel", "");

        assertThat(cancelled).hasStatus(200).has("/status", "cancelled").has("/id", task);
        assertThat(client.get("/v1/tasks/" + task))
                .has("/status", "cancelled")
                .has("/cancelled_by", cancelled.at("/cancelled_by"));
        try (EventReader log = client.stream("/v1/executions/" + running.text("/execution_id") + "/logs?follow=true")) {
            assertThat(log.rest().getLast().field("status")).isEqualTo("cancelled");
        }
        assertThat(client.put("/v1/tasks/" + task + "/cancel", ""))
                .hasStatus(409)
                .hasErrorCode("CONFLICT")
                .saysWhy("is over");
        assertThat(published(server, task)).containsExactly("task.started", "task.cancelled");
    }

    @Test
    void isOverWhenItsExecutionIsCancelled(ApiClient client) {
        String task = Tasks.create(client, "sleep 60", "");
        String execution = Tasks.await(
                        client, task, answer -> answer.text("/status").equals("running"))
                .text("/execution_id");

        assertThat(client.post("/v1/executions/" + execution + "/cancel", "{}")).hasStatus(200);

        assertThat(Tasks.over(client, task)).has("/status", "cancelled");
    }

    @Test
    void waitsForAnApproval(ApiClient client) {
        String task = Tasks.create(client, "echo did it", ", \"requires_approval\": true");
        JsonNode approval = client.get("/v1/approvals").rows().getFirst();

        assertThat(client.get("/v1/tasks/" + task)).has("/status", "pending");
        assertThat(client.post("/v1/approvals/" + approval.path("id").asText() + "/approve", "{}"))
                .hasStatus(200);

        assertThat(Tasks.over(client, task)).has("/status", "completed").has("/result/output", "did it\n");
    }

    @Test
    void isNotTriedAgainWhenItWasRejected(ApiClient client) {
        String task = Tasks.create(client, "echo did it", ", \"requires_approval\": true, \"retry\": {\"limit\": 5}");
        JsonNode approval = client.get("/v1/approvals").rows().getFirst();

        client.post("/v1/approvals/" + approval.path("id").asText() + "/reject", "{\"reason\": \"no\"}");

        assertThat(Tasks.over(client, task))
                .has("/status", "failed")
                .has("/attempt", 1)
                .mentions("rejected by");
    }

    @Test
    void takesItsApprovalBackWhenItIsCancelled(ApiClient client) {
        String task = Tasks.create(client, "echo did it", ", \"requires_approval\": true");

        assertThat(client.put("/v1/tasks/" + task + "/cancel", "")).hasStatus(200);

        assertThat(client.get("/v1/approvals")).has("/data/0/status", "cancelled");
    }

    @Test
    void filtersItsLog(ApiClient client) {
        String task = Tasks.create(client, "echo one; echo bad >&2; echo two; exit 1", "");
        Tasks.over(client, task);
        String logs = "/v1/tasks/" + task + "/logs";
        JsonNode all = client.get(logs).at("/logs");
        String end = all.get(all.size() - 1).path("timestamp").asText();

        assertThat(client.get(logs + "?level=info").at("/logs").findValuesAsText("message"))
                .containsExactly("one", "two");
        assertThat(client.get(logs + "?level=error").at("/logs").findValuesAsText("message"))
                .startsWith("bad");
        assertThat(client.get(logs + "?limit=1").at("/logs")).hasSize(1);
        assertThat(client.get(logs + "?start_time=" + end).at("/logs")).isNotEmpty();
        assertThat(client.get(logs + "?start_time=2999-01-01T00:00:00Z").at("/logs"))
                .isEmpty();
        assertThat(client.get(logs + "?end_time=2000-01-01T00:00:00Z").at("/logs"))
                .isEmpty();
        for (String wrong : List.of("level=loud", "start_time=today", "limit=0")) {
            assertThat(client.get("/api" + logs + "?" + wrong)).hasStatus(400);
        }
    }

    @Test
    void streamsItsLogFromAttemptToAttempt(ApiClient client) {
        String task = flaky(client, ", \"retry\": {\"limit\": 4, \"interval_seconds\": 0}");
        List<Event> events;
        try (EventReader reader = client.stream("/v1/tasks/" + task + "/logs?follow=true&level=info")) {
            events = reader.rest();
        }
        assertThat(events.getLast().name()).isEqualTo("done");
        assertThat(events.getLast().field("status")).isEqualTo("completed");
        assertThat(events.stream().filter(event -> event.name().equals("log")).map(event -> event.field("message")))
                .startsWith("1", "2", "3");

        String second = events.get(1).id();
        try (EventReader again = client.streamAfter(second, "/v1/tasks/" + task + "/logs?follow=true&level=info")) {
            assertThat(again.rest().stream().map(Event::data))
                    .containsExactlyElementsOf(events.subList(2, events.size()).stream()
                            .map(Event::data)
                            .toList());
        }
    }

    @Test
    void changesWhatDoesNotMatterToWhatRuns(ApiClient client) {
        String task = Tasks.create(client, "true", "");
        Tasks.over(client, task);

        assertThat(client.patch("/v1/tasks/" + task, "{\"name\": \"renamed\", \"metadata\": {\"a\": 1}}"))
                .hasStatus(200)
                .has("/name", "renamed")
                .has("/metadata/a", 1);
        assertThat(client.put("/v1/tasks/" + task, "{\"parameters\": {\"x\": 1}}"))
                .hasStatus(409)
                .saysWhy("has been begun");
        assertThat(client.withHeader("If-Match", "\"0-0\"").patch("/v1/tasks/" + task, "{\"name\": \"x\"}"))
                .hasStatus(412);
        assertThat(client.delete("/v1/tasks/" + task)).hasStatus(200);
        assertThat(client.get("/v1/tasks/" + task)).hasStatus(404);
    }

    @Test
    void isNotDeletedWhileItRuns(ApiClient client) {
        String task = Tasks.create(client, "sleep 60", "");

        assertThat(client.delete("/v1/tasks/" + task)).hasStatus(409).saysWhy("cancel it first");
        assertThat(client.put("/v1/tasks/" + task + "/cancel", "")).hasStatus(200);
        assertThat(client.delete("/v1/tasks/" + task)).hasStatus(200);
    }

    @Test
    void listsPagesInOrderAndNarrowed(ApiClient client) {
        assertThat(client.get("/v1/tasks")).has("/pagination/total", 0);
        for (int i = 1; i <= 5; i++) {
            Tasks.over(client, client.create("/v1/tasks", """
                    {"name": "t%d", "runner": "%s", "tool_def": {"content": "exit %d"}}
                    """.formatted(i, i < 3 ? "local" : "", i % 2)));
        }
        assertThat(client.get("/v1/tasks?limit=2&offset=2").column("name")).containsExactly("t3", "t2");
        assertThat(client.get("/v1/tasks?limit=2&page=3").column("name")).containsExactly("t1");
        assertThat(client.get("/v1/tasks?sort=created_at&order=asc").column("name"))
                .containsExactly("t1", "t2", "t3", "t4", "t5");
        assertThat(client.get("/v1/tasks?status=failed").column("name")).containsExactly("t5", "t3", "t1");
        assertThat(client.get("/v1/tasks?runner=local").column("name")).containsExactly("t2", "t1");
        assertThat(client.get("/v1/tasks/runner/local").column("name")).containsExactly("t2", "t1");
        assertThat(client.get("/v1/tasks/runner/nowhere")).hasStatus(404);
        assertThat(client.get("/v1/tasks/agent/nobody")).hasStatusAmong(400, 404);
        assertThat(client.get("/api/v1/tasks?sort=name")).hasStatus(400);
        assertThat(client.get("/api/v1/tasks?status=lost")).hasStatus(400);
    }

    @Test
    void refusesWhatCannotBeRun(ApiClient client) {
        client.create("/v1/tools", """
                {"name": "greet", "description": "d", "content": "x", "args": [{"name": "who", "required": true}]}
                """);
        assertThat(client.post("/v1/tasks", "{\"name\": \"t\"}")).hasStatus(400).hasFieldError("/agent_id", "required");
        assertThat(client.post("/v1/tasks", "{\"name\": \"t\", \"tool\": \"greet\", \"agent\": \"a\"}"))
                .hasFieldError("/tool", "cannot be sent together with agent");
        assertThat(client.post("/v1/tasks", "{\"name\": \"t\", \"tool\": \"greet\"}"))
                .hasStatus(400)
                .hasFieldError("/parameters/who", "required");
        assertThat(client.post("/v1/tasks", "{\"name\": \"t\", \"tool\": \"none\"}"))
                .hasStatus(400)
                .hasFieldError("/tool", "no tool \"none\"");
        assertThat(client.post("/v1/tasks", "{\"name\": \"t\", \"agent\": \"none\", \"prompt\": \"x\"}"))
                .hasStatus(400)
                .hasFieldError("/agent_id", "no agent \"none\"");
        assertThat(client.post("/v1/tasks", "{\"name\": \"t\", \"tool\": \"greet\", \"runner\": \"moon\"}"))
                .hasStatus(400);
        assertThat(client.post("/v1/tasks", "{\"name\": \"t\", \"tool\": \"greet\", \"colour\": \"red\"}"))
                .hasStatus(400);
        assertThat(client.post("/api/v1/tasks", "{\"tool\": \"greet\", \"retry\": {\"limit\": 99}}"))
                .hasStatus(400)
                .hasFieldError("/retry/limit", "from 0 to 20");
        assertThat(client.get("/v1/tasks")).has("/pagination/total", 0);
    }

    @Test
    void needsItsOwnScopes(TestServer server, ApiClient admin) {
        ApiClient reader = server.withScopes(admin, Scope.TASKS_READ);
        ApiClient runner = server.withScopes(admin, Scope.TASKS_EXECUTE);
        String task = Tasks.create(runner, "echo hi", "");

        assertThat(Tasks.over(reader, task)).has("/result/output", "hi\n");
        assertThat(reader.post("/v1/tasks", "{\"name\": \"t\", \"tool_def\": {\"content\": \"x\"}}"))
                .hasStatus(403)
                .hasErrorCode("INSUFFICIENT_SCOPE");
        assertThat(runner.post("/v1/tasks", """
                {"name": "t", "tool_def": {"content": "x", "secrets": ["TOKEN"]}}
                """))
                .hasStatus(403)
                .hasErrorCode("ACCESS_DENIED")
                .saysWhy("secrets:read");
    }

    @Test
    void speaksToOlderClients(ApiClient client) {
        client.create("/v1/tools", """
                {"name": "greet", "description": "d", "type": "script", "content": "echo Hello"}
                """);
        Answer created = client.post("/api/v1/tasks", "{\"tool\": \"greet\", \"runner_id\": \"auto\", \"unknown\": 1}");
        assertThat(created).hasStatus(200).has("/name", "greet").has("/runner_id", "auto");
        String task = created.id();
        Tasks.over(client, task);

        assertThat(client.get("/api/v1/tasks/" + task)).has("/result/output", "Hello\n");
        assertThat(client.get("/api/v1/tasks").json().isArray()).isTrue();
        assertThat(client.get("/api/v1/tasks/" + task + "/status")).has("/id", task);
        assertThat(client.get("/api/v1/tasks/" + task + "/logs"))
                .has("/task_id", task)
                .mentions("Hello");
        assertThat(client.put("/api/v1/tasks/" + task, "{\"name\": \"other\"}")).has("/name", "other");
        assertThat(client.put("/api/v1/tasks/" + task + "/cancel", "")).hasStatus(409);
        assertThat(client.delete("/api/v1/tasks/" + task)).hasStatus(200).has("/result", "ok");
        assertThat(client.get("/api/v1/tasks/" + task)).hasStatus(404);
    }
}

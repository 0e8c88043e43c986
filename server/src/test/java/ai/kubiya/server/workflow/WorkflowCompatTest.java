package ai.kubiya.server.workflow;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.EventReader.Event;
import ai.kubiya.server.testing.ServerTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Workflows as existing clients send and read them. */
@ServerTest
class WorkflowCompatTest {
    private static final String PATH = "/api/v1/workflow?runner=kubiya-hosted&operation=execute_workflow";

    private static final String WORKFLOW = """
            {"command": "execute_workflow", "name": "demo", "description": "d", "steps": [
              {"name": "one", "description": "first", "command": "echo 1", "executor": {"type": "command", "config": {}},
               "output": "ONE"},
              {"name": "two", "depends": ["one"], "run": "echo $ONE $STAGE; exit %s"}],
             "params": {}, "env": [{"STAGE": "dev"}]}
            """;

    @Test
    void speaksServerSentEvents(ApiClient client) {
        List<Event> events;
        try (EventReader stream = client.stream("POST", PATH + "&native_sse=true", WORKFLOW.formatted(0))) {
            events = stream.rest();
        }

        List<String> types = events.stream()
                .filter(event -> !event.data().equals("[DONE]"))
                .map(Event::type)
                .toList();
        assertThat(types)
                .containsExactly(
                        "workflow_start",
                        "step_running",
                        "step_complete",
                        "step_running",
                        "step_complete",
                        "workflow_complete");
        Event second = events.get(4);
        assertThat(second.json().at("/step/output").asText()).isEqualTo("1 dev");
        assertThat(second.json().at("/step/status").asText()).isEqualTo("finished");
        assertThat(second.json().at("/progress/percent").asInt()).isEqualTo(100);
        Event last = events.get(5);
        assertThat(last.json().path("success").asBoolean()).isTrue();
        assertThat(last.json().path("status").asText()).isEqualTo("finished");
        assertThat(last.json().path("end").asBoolean()).isTrue();
        assertThat(events.getLast().data()).isEqualTo("[DONE]");
        assertThat(client.get("/v1/workflows/executions/" + last.field("requestId")))
                .has("/status", "completed");
    }

    @Test
    void speaksLinesWithCodes(ApiClient client) {
        Answer answer = client.withHeader("x-vercel-ai-data-stream", "v1").post(PATH, WORKFLOW.formatted(3));

        assertThat(answer)
                .hasStatus(200)
                .hasHeader("x-vercel-ai-data-stream", "v1")
                .hasHeader("X-Execution-Id");
        List<String> lines =
                answer.body().lines().filter(line -> !line.isBlank()).toList();
        assertThat(lines.getFirst()).startsWith(":");
        assertThat(lines.stream().filter(line -> !line.startsWith(":")).map(line -> line.substring(0, 2)))
                .containsExactly("2:", "2:", "2:", "2:", "2:", "3:", "2:", "e:", "d:");
        assertThat(lines)
                .anyMatch(line ->
                        line.startsWith("2:{\"type\":\"step_complete\"") && line.contains("\"status\":\"failed\""))
                .anyMatch(line ->
                        line.startsWith("2:{\"type\":\"workflow_complete\"") && line.contains("\"success\":false"));
    }

    @Test
    void aRepeatedRequestShowsTheSameRun(ApiClient client) {
        ApiClient again = client.withHeader("Idempotency-Key", "once");
        Answer first = again.post(PATH, WORKFLOW.formatted(0));
        Answer second = again.post(PATH, WORKFLOW.formatted(0));

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(client.get("/v1/executions?kind=workflow")).has("/pagination/total", 1);
    }

    @Test
    void refusesWhatIsNoWorkflow(ApiClient client) {
        assertThat(client.post(PATH, "{\"name\": \"x\"}")).hasStatus(400).hasFieldError("/steps", "at least one");
        assertThat(client.post("/api/v1/workflow?operation=other", "{}"))
                .hasStatus(400)
                .mentions("execute_workflow");
    }
}

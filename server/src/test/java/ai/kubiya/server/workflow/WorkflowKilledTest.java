package ai.kubiya.server.workflow;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerProcess;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A workflow goes on where it stood when its server is killed, and does nothing again that is done. */
class WorkflowKilledTest {
    private static final int BRANCHES = 5;
    private static final int IN_A_BRANCH = 3;

    /** A beginning, five branches of three steps, three at the end, and a last one: twenty. */
    private static String steps() {
        List<String> steps = new ArrayList<>();
        steps.add(step("begin", ""));
        List<String> ends = new ArrayList<>();
        for (int branch = 0; branch < BRANCHES; branch++) {
            String before = "begin";
            for (int i = 0; i < IN_A_BRANCH; i++) {
                String name = "b%d-%d".formatted(branch, i);
                steps.add(step(name, "\"%s\"".formatted(before)));
                before = name;
            }
            ends.add("\"%s\"".formatted(before));
        }
        steps.add(step("join", String.join(",", ends)));
        steps.add(step("left", "\"join\""));
        steps.add(step("right", "\"join\""));
        steps.add(step("end", "\"left\", \"right\""));
        return String.join(",", steps);
    }

    private static String step(String name, String depends) {
        return """
                {"name": "%s", "depends": [%s], "executor": {"type": "kubiya", "config": {"url": "/v1/groups",
                 "method": "POST", "body": {"name": "%s"}}}, "output": "%s"}
                """.formatted(name, depends, name, "OUT_" + name.replace('-', '_'));
    }

    @Test
    void doesEveryStepOnceThroughKills() throws Exception {
        try (TestServer database = TestServer.builder().start()) {
            database.stop();
            String run;
            try (ServerProcess first = ServerProcess.inPlaceOf(database)) {
                run = Workflows.start(first.client(), steps());
                killedAfter(first, run, 4);
            }
            try (ServerProcess second = ServerProcess.inPlaceOf(database)) {
                killedAfter(second, run, 11);
            }
            try (ServerProcess third = ServerProcess.inPlaceOf(database)) {
                Answer over = Workflows.over(third.client(), run);
                List<String> lost = new ArrayList<>();
                for (JsonNode step : over.at("/steps")) {
                    if ("lost".equals(step.path("error_code").asText())) {
                        lost.add(step.path("name").asText());
                    }
                    assertThat(step.path("attempt").asInt()).as(step.toString()).isLessThanOrEqualTo(1);
                    // A server that starts takes up what waits only when it can answer it.
                    assertThat(step.path("error_code").asText())
                            .as(step.toString())
                            .isNotEqualTo("request_refused");
                }
                // A request that was under way when its server died is lost, and said to be; it is not made again.
                assertThat(over).has("/status", lost.isEmpty() ? "completed" : "failed");
                assertThat(over.at("/steps")).hasSize(20);
                List<String> made = third.client().get("/v1/groups?limit=500").column("name");
                assertThat(made).doesNotHaveDuplicates();
                over.at("/steps").forEach(step -> {
                    if (step.path("status").asText().equals("completed")) {
                        assertThat(made).contains(step.path("name").asText());
                    }
                });
                assertThat(third.client().get("/v1/executions?kind=workflow")).has("/pagination/total", 1);
            }
        }
    }

    private static void killedAfter(ServerProcess server, String run, int steps) throws InterruptedException {
        ApiClient client = server.client();
        Workflows.await(client, run, answer -> {
            int over = 0;
            for (JsonNode step : answer.at("/steps")) {
                over += step.path("status").asText().matches("pending|running") ? 0 : 1;
            }
            return over >= steps;
        });
        server.kill();
    }
}

package ai.kubiya.server.workflow;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/** What tests of workflows do again and again. */
final class Workflows {
    private Workflows() {}

    /** Starts one with these steps; answers the id of its run. */
    static String start(ApiClient client, String steps) {
        return start(client, steps, "");
    }

    /** @param more fields of the request */
    static String start(ApiClient client, String steps, String more) {
        Answer started = client.post("/v1/workflows/executions", """
                {"workflow": {"name": "test", "steps": [%s]}%s}
                """.formatted(steps, more));
        assertThat(started).hasStatus(202).has("/kind", "workflow");
        return started.id();
    }

    /** The run as soon as it is over. */
    static Answer over(ApiClient client, String run) {
        return await(client, run, answer -> answer.text("/status").matches("completed|failed|cancelled|lost"));
    }

    /** The run as soon as it is like this; the bound only keeps a broken test from hanging. */
    static Answer await(ApiClient client, String run, Predicate<Answer> wanted) {
        Answer answer = client.get("/v1/workflows/executions/" + run);
        for (int i = 0; i < 3_000 && !wanted.test(answer); i++) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            answer = client.get("/v1/workflows/executions/" + run);
        }
        assertThat(answer).hasStatus(200);
        if (!wanted.test(answer)) {
            throw new AssertionError("the run does not become what it should: " + answer.body());
        }
        return answer;
    }

    static JsonNode step(Answer run, String name) {
        for (JsonNode step : run.at("/steps")) {
            if (step.path("name").asText().equals(name)) {
                return step;
            }
        }
        throw new AssertionError("no step " + name + " in " + run.body());
    }

    static String status(Answer run, String step) {
        return step(run, step).path("status").asText();
    }

    static String output(Answer run, String step) {
        return step(run, step).path("output").asText();
    }

    static String message(Answer run, String step) {
        return step(run, step).path("message").asText();
    }
}

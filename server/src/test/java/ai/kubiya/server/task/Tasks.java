package ai.kubiya.server.task;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Predicate;

/** What tests of tasks do again and again. */
public final class Tasks {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Tasks() {}

    /** A task that runs a shell script. */
    public static String create(ApiClient client, String script, String more) {
        return client.create("/v1/tasks", """
                {"name": "t", "tool_def": {"type": "script", "content": %s}%s}
                """.formatted(JSON.valueToTree(script), more));
    }

    /** The task as soon as it is over. */
    public static Answer over(ApiClient client, String task) {
        return await(client, task, answer -> !answer.text("/status").matches("pending|running"));
    }

    /** The task as soon as it is like this; the bound only keeps a broken test from hanging. */
    public static Answer await(ApiClient client, String task, Predicate<Answer> wanted) {
        Answer answer = client.get("/v1/tasks/" + task);
        for (int i = 0; i < 2_000 && !wanted.test(answer); i++) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            answer = client.get("/v1/tasks/" + task);
        }
        assertThat(answer).hasStatus(200);
        if (!wanted.test(answer)) {
            throw new AssertionError("the task does not become what it should: " + answer.body());
        }
        return answer;
    }
}

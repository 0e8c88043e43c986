package ai.kubiya.server.task.schedule;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.task.Tasks;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.ScriptedReply;
import ai.kubiya.server.testing.SettableClock;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scheduled prompts as Terraform, the older web app and tools send and read them. */
class ScheduledTaskCompatTest {
    private static final String PATH = "/api/v1/scheduled_tasks";

    private final ScriptedModelServer model = new ScriptedModelServer();
    private final SettableClock clock = new SettableClock();
    private TestServer server;
    private ApiClient client;

    @BeforeEach
    void start() {
        server = TestServer.builder()
                .withClock(clock)
                .withSetting("KUBIYA_LLM_PROVIDER", "openai")
                .withSetting("KUBIYA_LLM_BASE_URL", model.url())
                .withSetting("KUBIYA_LLM_MODELS", "scripted")
                .start();
        client = server.client();
        client.create("/v1/agents", "{\"name\": \"reporter\"}");
    }

    @AfterEach
    void stop() {
        server.close();
        model.close();
    }

    private Answer create(String body) {
        Answer answer = client.post(PATH, body);
        assertThat(answer).hasStatus(200);
        // One client reads the answer into a map of strings.
        assertThat(answer.json().properties())
                .allMatch(entry -> entry.getValue().isTextual());
        return answer;
    }

    @Test
    void aRepeatedPromptAsTerraformHasIt() {
        String id = create("""
                {"user_email": "me@example.com", "channel_id": "#ops", "cron_string": "30 8 * * * *",
                 "schedule_time": "0001-01-01T00:00:00Z", "selected_agent": "reporter",
                 "task_description": "Say what happened.", "organization_name": "x"}
                """).text("/task_id");

        Answer read = client.get(PATH + "/" + id);
        assertThat(read)
                .hasStatus(200)
                .has("/task_id", id)
                .has("/channel_name", "#ops")
                .has("/user_email", "me@example.com")
                .has("/agent", "reporter")
                .has("/status", "scheduled")
                .has("/parameters/repeat", true)
                .has("/parameters/cron_string", "30 8 * * * *")
                .has("/parameters/context", "reporter")
                .has("/parameters/message_text", "Say what happened.");
        assertThat(read.text("/scheduled_time")).matches("\\d{4}-\\d\\d-\\d\\dT08:30:00");
        assertThat(client.get(PATH).json().isArray()).isTrue();
        assertThat(client.get(PATH).column("task_id")).containsExactly(id);
        assertThat(client.delete(PATH + "/" + id)).hasStatus(200);
        assertThat(client.get(PATH + "/" + id)).hasStatus(404);
        assertThat(client.get(PATH).rows()).isEmpty();
    }

    @Test
    void aSinglePromptIsSaidAtItsTime() {
        model.then(ScriptedReply.text("All is ", "well."));
        Instant at = clock.instant().plus(Duration.ofHours(2));
        String id = create("""
                {"user_email": "me@example.com", "channel_id": "C1", "cron_string": "", "agent": "reporter",
                 "schedule_time": "%s", "task_description": "How is it?", "thread_ts": "1", "request_id": "2"}
                """.formatted(at)).text("/task_id");
        List<JsonNode> tasks = client.get("/v1/tasks").rows();
        assertThat(tasks).hasSize(1);

        clock.advance(Duration.ofHours(2));
        Answer over = Tasks.over(client, tasks.getFirst().path("id").asText());

        assertThat(over).has("/status", "completed").has("/kind", "agent").has("/result/output", "All is well.");
        assertThat(model.lastRequest().lastMessage().toString()).contains("How is it?");
        assertThat(client.get(PATH + "/" + id)).has("/status", "completed").hasNull("/next_schedule_time");
    }

    @Test
    void aPromptOfTheWebApp() {
        String id = create("""
                {"task_type": "message", "scheduled_time": "2999-01-01T10:00:00", "channel_id": "C2",
                 "parameters": {"message_text": "Hello", "selected_agent": "reporter", "selected_agent_name": "Reporter",
                                "cron_string": "", "context": {}}}
                """).text("/task_uuid");

        assertThat(client.get(PATH + "/" + id))
                .has("/scheduled_time", "2999-01-01T10:00:00")
                .has("/parameters/repeat", false)
                .has("/parameters/selected_agent_name", "Reporter")
                .has("/task_type", "message");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(client.post(PATH, "{}"))
                .hasStatus(400)
                .hasFieldError("/selected_agent", "required")
                .hasFieldError("/task_description", "required")
                .hasFieldError("/schedule_time", "");
        assertThat(client.post(PATH, """
                {"selected_agent": "nobody", "task_description": "x", "cron_string": "0 0 * * *"}
                """)).hasStatus(400).mentions("nobody");
        assertThat(client.post(PATH, """
                {"selected_agent": "reporter", "task_description": "x", "cron_string": "never"}
                """)).hasStatus(400).hasFieldError("/cron_string", "five fields");
    }
}

package ai.kubiya.server.workflow;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static ai.kubiya.server.testing.ScriptedReply.text;
import static ai.kubiya.server.workflow.Workflows.message;
import static ai.kubiya.server.workflow.Workflows.output;
import static ai.kubiya.server.workflow.Workflows.over;
import static ai.kubiya.server.workflow.Workflows.status;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Eventually;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.ScriptedReceiver;
import ai.kubiya.server.testing.ScriptedReceiver.Reply;
import ai.kubiya.server.testing.TestServer;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Steps that speak with others: agents, addresses, programs. */
class WorkflowStepsTest {
    private static final ScriptedModelServer MODEL = new ScriptedModelServer();
    private static final ScriptedReceiver RECEIVER = ScriptedReceiver.start();
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.builder()
                .withSetting("KUBIYA_LLM_PROVIDER", "openai")
                .withSetting("KUBIYA_LLM_BASE_URL", MODEL.url())
                .withSetting("KUBIYA_LLM_MODELS", "scripted")
                .withSetting("KUBIYA_ALLOW_INTERNAL_WEBHOOKS", "true")
                .start();
    }

    @AfterAll
    static void close() {
        server.close();
        RECEIVER.close();
        MODEL.close();
    }

    @Test
    void anAgentAnswers() {
        ApiClient client = server.newOrganization();
        client.create("/v1/agents", "{\"name\": \"helper\"}");
        MODEL.then(text("Forty-two."));

        Answer over = over(client, Workflows.start(client, """
                {"name": "n", "command": "echo 6*7", "output": "N"},
                {"name": "ask", "depends": ["n"], "output": "SAID", "executor": {"type": "agent", "config":
                  {"agent_name": "helper", "message": "What is {{N}}?"}}},
                {"name": "use", "depends": ["ask"], "command": "echo \\"$SAID\\""}
                """));

        assertThat(over).has("/status", "completed");
        assertThat(output(over, "use")).isEqualTo("Forty-two.");
        assertThat(MODEL.requests().getLast().body().toString()).contains("What is 6*7?");
    }

    @Test
    void requestsCarryValuesAndSecretsAndBringAnswers() {
        ApiClient client = server.newOrganization();
        RECEIVER.then(Reply.json(200, "{\"items\": [{\"id\": 7}]}"));
        RECEIVER.then(Reply.json(503, "{\"error\": \"not now\"}"));

        Answer over = over(client, Workflows.start(client, """
                {"name": "get", "output": "GOT", "executor": {"type": "http", "config": {"url": "%s/things?of=${WHO}",
                  "method": "POST", "headers": {"Authorization": "Bearer ${secrets.TOKEN}"}, "body": {"who": "${WHO}"}}}},
                {"name": "use", "depends": ["get"], "command": "echo ${GOT.items[0].id}"},
                {"name": "refused", "depends": ["use"], "executor": {"type": "http", "config": {"url": "%s/other"}},
                 "continueOn": {"failure": true}},
                {"name": "nobody", "executor": {"type": "http", "config": {"url": "http://127.0.0.1:9/"}},
                 "continueOn": {"failure": true}}
                """.formatted(RECEIVER.url(), RECEIVER.url()), """
                , "params": {"WHO": "Ada"}, "secrets": {"TOKEN": "very-secret-value-2"}
                """));

        assertThat(over).has("/status", "completed");
        assertThat(output(over, "use")).isEqualTo("7");
        ScriptedReceiver.Call first = RECEIVER.calls().getFirst();
        assertThat(first.path()).isEqualTo("/things?of=Ada");
        assertThat(first.headers()).containsEntry("authorization", "Bearer very-secret-value-2");
        assertThat(first.body()).isEqualTo("{\"who\":\"Ada\"}");
        assertThat(message(over, "refused")).contains("answered 503");
        assertThat(message(over, "nobody")).contains("refused");
        assertThat(server.dump()).doesNotContain("very-secret-value-2");
    }

    @Test
    void jqReadsJson() {
        ApiClient client = server.newOrganization();

        Answer over = over(client, Workflows.start(client, """
                {"name": "data", "command": "echo '{\\"a\\": [1, 2, 3]}'", "output": "DATA"},
                {"name": "sum", "depends": ["data"], "executor": {"type": "jq", "config": {"query": "[.a[] | . * 2] | add"}},
                 "script": "${DATA}"},
                {"name": "bad", "executor": {"type": "jq", "config": {"query": ".a["}}, "script": "{}",
                 "continueOn": {"failure": true}}
                """));

        assertThat(output(over, "sum")).isEqualTo("12");
        assertThat(status(over, "bad")).isEqualTo("failed");
    }

    @Test
    void isAlsoWrittenInYaml() {
        ApiClient client = server.newOrganization();

        Answer started = client.post("/v1/workflows/executions", """
                {"workflow": "name: y\\nsteps:\\n  - name: one\\n    command: |\\n      echo a\\n      echo b\\n    output: OUT\\n"}
                """);
        Answer refused = client.post("/v1/workflows/executions", "{\"workflow\": \"name: [\\nsteps: x\"}");

        assertThat(over(client, started.id())).has("/outputs/OUT", "a\nb");
        assertThat(refused).hasStatus(400).hasFieldError("/workflow", "is no YAML");
    }

    @Test
    void anEventStartsOne() {
        ApiClient client = server.newOrganization();
        Answer made = client.post("/v1/webhooks", """
                {"name": "deploys", "prompt": "{{.event}}", "workflow": {"name": "on-push", "steps": [
                  {"name": "say", "command": "echo \\"pushed ${event.ref} by ${event.who}\\"", "output": "SAID"}]}}
                """);
        assertThat(made).hasStatus(201);
        String path = URI.create(made.text("/webhook_url")).getPath();

        Answer posted = server.anonymous().post(path, "{\"ref\": \"main\", \"who\": \"$(id); Ada\"}");

        assertThat(posted).hasStatus(202);
        Answer event = Eventually.see(
                () -> client.get("/v1/webhooks/" + made.id() + "/events/" + posted.id()),
                answer -> !answer.text("/status").matches("accepted|running"));
        assertThat(over(client, event.text("/execution_id"))).has("/outputs/SAID", "pushed main by $(id); Ada");
        assertThat(client.post("/v1/webhooks", """
                {"name": "bad", "prompt": "x", "workflow": {"name": "w", "steps": []}}
                """)).hasStatus(400).hasFieldError("/workflow/steps", "at least one");
    }
}

package ai.kubiya.server.webhook.incoming;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static ai.kubiya.server.testing.ScriptedReply.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Eventually;
import ai.kubiya.server.testing.Script;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.ScriptedReceiver;
import ai.kubiya.server.testing.ScriptedReceiver.Call;
import ai.kubiya.server.testing.ScriptedReceiver.Reply;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers go where webhooks want them: scripted servers that speak as Slack, Teams and others do. */
class AnswerTest {
    private static final ScriptedModelServer MODEL = new ScriptedModelServer();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static TestServer server;

    private final ScriptedReceiver receiver = ScriptedReceiver.start();
    private ApiClient client;
    private String agent;

    @BeforeAll
    static void startServer() {
        MODEL.play(new Script(List.of(new Script.Conditional("", text("Two pods are failing."))), List.of()));
        server = TestServer.builder()
                .withSetting("KUBIYA_ALLOW_INTERNAL_WEBHOOKS", "true")
                .withSetting("KUBIYA_LLM_PROVIDER", "openai")
                .withSetting("KUBIYA_LLM_BASE_URL", MODEL.url())
                .withSetting("KUBIYA_LLM_MODELS", "scripted")
                .start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
        MODEL.close();
    }

    @BeforeEach
    void beginWithAnAgent() {
        client = server.newOrganization();
        agent = client.create("/v1/agents", "{\"name\": \"helper\"}");
    }

    @AfterEach
    void stopReceiver() {
        receiver.close();
    }

    private Sender sender(String method, String destination, String more) {
        try {
            return Sender.to(
                    client,
                    server.anonymous(),
                    agent,
                    ", \"source\": \"github\", \"prompt\": \"p\", \"communication\": {\"method\": \"%s\", \"destination\": %s}%s"
                            .formatted(method, JSON.writeValueAsString(destination), more));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(Call call) {
        try {
            return JSON.readTree(call.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(call.body(), e);
        }
    }

    private JsonNode delivery(Sender sender, String status) {
        return Eventually.see(
                () -> client.get("/v1/webhooks/" + sender.id() + "/deliveries").at("/data/0"),
                row -> row.path("status").asText().equals(status));
    }

    private void connectSlack() {
        receiver.otherwise(Reply.json(200, "{\"ok\": true, \"ts\": \"1\"}"));
        client.create("/v1/integrations", """
                {"name": "slack", "integration_type": "slack", "configs": [
                  {"name": "main", "is_default": true,
                   "vendor_specific": {"bot_token": "xoxb-very-private", "base_url": "%s/api"}}]}
                """.formatted(receiver.url()));
    }

    @Test
    void toAUrlAsJson() {
        Sender sender = sender("http", receiver.url() + "/done", "");
        String event = sender.post("{}", Map.of("X-GitHub-Event", "push")).id();

        Call call = receiver.await(1).getFirst();

        assertThat(call.path()).isEqualTo("/done");
        JsonNode answer = json(call);
        assertThat(answer.path("event_id").asText()).isEqualTo(event);
        assertThat(answer.path("status").asText()).isEqualTo("completed");
        assertThat(answer.path("result").asText()).isEqualTo("Two pods are failing.");
        assertThat(answer.path("webhook").asText()).isEqualTo("hook");
        assertThat(answer.at("/headers/x-github-event").asText()).isEqualTo("push");
        assertThat(client.get("/v1/sessions/" + answer.path("session_id").asText()))
                .hasStatus(200);
        assertThat(delivery(sender, "success").path("event").asText()).isEqualTo("webhook.answer");
    }

    @Test
    void toAUrlThatFailsAtFirst() {
        receiver.then(Reply.status(500));
        Sender sender = sender("http", receiver.url(), ", \"hide_webhook_headers\": true");
        sender.post("{}");

        List<Call> calls = receiver.await(2);

        assertThat(json(calls.get(1))).isEqualTo(json(calls.get(0)));
        assertThat(json(calls.get(0)).has("headers")).isFalse();
    }

    @Test
    void toAChannelInSlack() {
        connectSlack();
        Sender sender = sender("Slack", "#on-call", "");
        sender.post("{}");

        Call call = receiver.await(1).getFirst();

        assertThat(call.path()).isEqualTo("/api/chat.postMessage");
        assertThat(call.headers()).containsEntry("authorization", "Bearer xoxb-very-private");
        assertThat(json(call).path("channel").asText()).isEqualTo("#on-call");
        assertThat(json(call).path("text").asText()).isEqualTo("*hook (github)*\nTwo pods are failing.");
        delivery(sender, "success");
        assertThat(client.get("/v1/webhooks/" + sender.id() + "/deliveries"))
                .mentions("#on-call")
                .doesNotMention("very-private");
    }

    @Test
    void toSomebodyInSlackByAddress() {
        connectSlack();
        receiver.then(Reply.json(200, "{\"ok\": true, \"user\": {\"id\": \"U123\"}}"));
        Sender sender = sender("slack", "ada@example.com", ", \"hide_webhook_headers\": true");
        sender.post("{}");

        List<Call> calls = receiver.await(2);

        assertThat(calls.getFirst().method()).isEqualTo("GET");
        assertThat(calls.getFirst().path()).isEqualTo("/api/users.lookupByEmail?email=ada%40example.com");
        assertThat(json(calls.getLast()).path("channel").asText()).isEqualTo("U123");
        assertThat(json(calls.getLast()).path("text").asText()).isEqualTo("Two pods are failing.");
    }

    @Test
    void slackSaysNoForGood() {
        connectSlack();
        receiver.then(Reply.json(200, "{\"ok\": false, \"error\": \"channel_not_found\"}"));
        Sender sender = sender("Slack", "#nowhere", "");
        sender.post("{}");

        JsonNode failed = delivery(sender, "failed");

        assertThat(failed.path("error").asText()).isEqualTo("Slack answered channel_not_found");
        assertThat(failed.path("attempts").asInt()).isEqualTo(1);
        // The webhook itself is none the worse for it.
        assertThat(client.get("/v1/webhooks/" + sender.id()))
                .has("/status", "active")
                .hasNull("/failing_since");
    }

    @Test
    void slackSaysNoForNow() {
        connectSlack();
        receiver.then(Reply.json(429, "{\"ok\": false, \"error\": \"ratelimited\"}"));
        receiver.then(Reply.json(200, "{\"ok\": false, \"error\": \"internal_error\"}"));
        Sender sender = sender("Slack", "#on-call", "");
        sender.post("{}");

        assertThat(Eventually.see(
                                () -> client.get("/v1/webhooks/" + sender.id() + "/deliveries")
                                        .at("/data/0"),
                                row -> row.path("attempts").asInt() >= 1)
                        .path("status")
                        .asText())
                .isEqualTo("pending");
    }

    @Test
    void slackIsNotConnected() {
        Sender sender = sender("Slack", "#on-call", "");
        Sender nowhere = sender("Slack", "webhook", "");
        sender.post("{}");
        String event = nowhere.post("{}").id();

        assertThat(delivery(sender, "failed").path("error").asText()).contains("no integration of the type slack");
        assertThat(nowhere.ended(event)).has("/status", "completed");
        assertThat(client.get("/v1/webhooks/" + nowhere.id() + "/deliveries").rows())
                .isEmpty();
    }

    @Test
    void toAChannelInTeams() {
        client.create("/v1/integrations", """
                {"name": "teams", "integration_type": "teams", "configs": [
                  {"name": "Ops:Alerts", "vendor_specific": {"webhook_url": "%1$s/alerts?sig=very-private"}},
                  {"name": "default", "is_default": true, "vendor_specific": {"webhook_url": "%1$s/all"}}]}
                """.formatted(receiver.url()));
        sender("Teams", "#{\"team_name\": \"Ops\", \"channel_name\": \"Alerts\"}", "")
                .post("{}");
        sender("teams", "{\"team_name\": \"Ops\", \"channel_name\": \"Alerts\"}", "")
                .post("{}");
        Sender last = sender("Teams", "Ops:Alerts", "");
        last.post("{}");
        sender("Teams", "Other:Channel", "").post("{}");

        List<Call> calls = receiver.await(4);

        assertThat(calls)
                .extracting(Call::path)
                .filteredOn("/alerts?sig=very-private"::equals)
                .hasSize(3);
        assertThat(calls).extracting(Call::path).contains("/all");
        JsonNode card = json(calls.getFirst()).at("/attachments/0");
        assertThat(card.path("contentType").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
        assertThat(card.at("/content/type").asText()).isEqualTo("AdaptiveCard");
        assertThat(card.at("/content/body/0/text").asText()).isEqualTo("hook (github)");
        assertThat(card.at("/content/body/1/text").asText()).isEqualTo("Two pods are failing.");
        delivery(last, "success");
        assertThat(client.get("/v1/webhooks/" + last.id() + "/deliveries")).doesNotMention("very-private");
    }

    @Test
    void teamsSaysNoInItsOwnWay() {
        client.create(
                "/v1/secrets", "{\"name\": \"TEAMS_WEBHOOK_URL\", \"value\": \"%s/s\"}".formatted(receiver.url()));
        receiver.then(
                Reply.json(200, "Webhook message delivery failed with error: Microsoft Teams endpoint returned 429"));
        Sender sender = sender("Teams", "Ops:Alerts", "");
        sender.post("{}");

        JsonNode row = Eventually.see(
                () -> client.get("/v1/webhooks/" + sender.id() + "/deliveries").at("/data/0"),
                one -> one.path("attempts").asInt() >= 1);

        assertThat(row.at("/status").asText()).isEqualTo("pending");
        assertThat(row.at("/error").asText()).contains("Teams could not deliver");
    }

    @Test
    void alsoWhenNothingCouldBeStarted() {
        Sender sender = sender("http", receiver.url(), "");
        client.delete("/v1/agents/" + agent);
        sender.post("{}");

        JsonNode answer = json(receiver.await(1).getFirst());

        assertThat(answer.path("status").asText()).isEqualTo("failed");
        assertThat(answer.path("message").asText()).contains("There is no agent");
        assertThat(answer.path("result").asText()).isEmpty();
    }
}

package ai.kubiya.server.webhook.outgoing;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Eventually;
import ai.kubiya.server.testing.Gate;
import ai.kubiya.server.testing.ScriptedReceiver.Call;
import ai.kubiya.server.testing.ScriptedReceiver.Reply;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events arrive at those who subscribed to them, signed. */
@ServerTest(settings = "KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true")
class DeliveryTest {
    private static String agent(ApiClient client, String name) {
        return client.create("/v1/agents", "{\"name\": \"%s\", \"ai_instructions\": \"very secret\"}".formatted(name));
    }

    @Test
    void arriveSignedAsTheReferenceLibraryWantsIt(ApiClient client) throws WebhookVerificationException {
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.created\"]")) {
            String agent = agent(client, "helper");

            Call call = subscriber.receiver().await(1).getFirst();

            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.path()).isEqualTo("/hook");
            assertThat(call.headers()).containsEntry("content-type", "application/json");
            Subscriber.verify(subscriber.secret(), call);
            JsonNode json = Subscriber.json(call);
            assertThat(json.path("type").asText()).isEqualTo("teammate.created");
            assertThat(json.path("id").asText()).isEqualTo(call.headers().get("webhook-id"));
            assertThat(json.at("/data/id").asText()).isEqualTo(agent);
            assertThat(json.at("/data/name").asText()).isEqualTo("helper");
            assertThat(call.body()).doesNotContain("very secret");
        }
    }

    @Test
    void canNotBeChangedOnTheWay(ApiClient client) {
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.created\"]")) {
            agent(client, "helper");
            Call call = subscriber.receiver().await(1).getFirst();
            Map<String, String> later = new HashMap<>(call.headers());
            later.computeIfPresent("webhook-timestamp", (_, at) -> Long.toString(Long.parseLong(at) + 1));
            Map<String, String> other = new HashMap<>(call.headers());
            other.put("webhook-id", "evt_other");

            assertThatThrownBy(() -> Subscriber.verify(
                            subscriber.secret(), call.headers(), call.body().replace("helper", "hacker")))
                    .isInstanceOf(WebhookVerificationException.class);
            assertThatThrownBy(() -> Subscriber.verify(subscriber.secret(), later, call.body()))
                    .isInstanceOf(WebhookVerificationException.class);
            assertThatThrownBy(() -> Subscriber.verify(subscriber.secret(), other, call.body()))
                    .isInstanceOf(WebhookVerificationException.class);
        }
    }

    @Test
    void arriveOnlyWhereTheyAreWanted(ApiClient client, TestServer server) {
        agent(client, "before");
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.updated\", \"teammate.deleted\"]");
                Subscriber all = Subscriber.to(client, "[\"*\"]");
                Subscriber off = Subscriber.to(client, "[\"*\"]", ", \"status\": \"disabled\"");
                Subscriber stranger = Subscriber.to(server.newOrganization(), "[\"*\"]")) {
            String agent = agent(client, "one");
            client.patch("/v1/agents/" + agent, "{\"description\": \"changed\"}");
            client.delete("/v1/agents/" + agent);

            assertThat(subscriber.receiver().await(2))
                    .extracting(call -> Subscriber.json(call).path("type").asText())
                    .containsExactlyInAnyOrder("teammate.updated", "teammate.deleted");
            assertThat(all.receiver().await(3))
                    .extracting(call -> Subscriber.json(call).path("type").asText())
                    .containsExactlyInAnyOrder("teammate.created", "teammate.updated", "teammate.deleted");
            assertThat(off.deliveries()).has("/pagination/total", 0);
            assertThat(stranger.receiver().calls()).isEmpty();
        }
    }

    @Test
    void tellOfSyncsAndOfTheEndOfExecutions(ApiClient client) {
        try (Subscriber subscriber =
                Subscriber.to(client, "[\"source.*\", \"execution.completed\", \"execution.failed\"]")) {
            client.create("/v1/sources", """
                    {"name": "tools", "inline_tools": [
                      {"name": "good", "description": "x", "type": "script", "content": "echo fine"},
                      {"name": "bad", "description": "x", "type": "script", "content": "exit 3"}]}
                    """);
            String good = client.post("/v1/tools/good/executions", "{}").id();
            String bad = client.post("/v1/tools/bad/executions", "{}").id();
            assertThat(client.post("/v1/sources", "{\"name\": \"gone\", \"url\": \"https://git.invalid/x.git\"}"))
                    .hasStatusAmong(400, 503);

            List<JsonNode> events = subscriber.receiver().await(3).stream()
                    .map(Subscriber::json)
                    .toList();

            assertThat(events)
                    .extracting(event -> event.path("type").asText() + " "
                            + event.at("/data/status").asText())
                    .containsExactlyInAnyOrder(
                            "source.synced active", "execution.completed completed", "execution.failed failed");
            assertThat(events)
                    .extracting(event -> event.at("/data/id").asText())
                    .contains(good, bad);
        }
    }

    @Test
    void tellOfACancelledExecution(ApiClient client) {
        try (Subscriber subscriber = Subscriber.to(client, "[\"execution.cancelled\"]")) {
            client.create("/v1/sources", """
                    {"name": "tools", "inline_tools": [
                      {"name": "slow", "description": "x", "type": "script", "content": "sleep 600"}]}
                    """);
            String slow = client.post("/v1/tools/slow/executions", "{}").id();
            client.post("/v1/executions/" + slow + "/cancel", "{}");

            JsonNode event = Subscriber.json(subscriber.receiver().await(1).getFirst());

            assertThat(event.at("/data/id").asText()).isEqualTo(slow);
            assertThat(event.at("/data/cancelled_by").asText()).isNotEmpty();
        }
    }

    @Test
    void areKeptWithRequestAndAnswer(ApiClient client) {
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.created\"]")) {
            subscriber.receiver().then(exchange -> {
                exchange.getResponseHeaders().add("Set-Cookie", "session=very-private");
                String echo = subscriber.secret().substring(6);
                Reply.json(200, "{\"you sent\": \"%s\"}".formatted(echo)).to(exchange);
            });
            agent(client, "helper");

            JsonNode delivery = subscriber.delivery("success");

            assertThat(delivery.path("event").asText()).isEqualTo("teammate.created");
            assertThat(delivery.path("status_code").asInt()).isEqualTo(200);
            assertThat(delivery.path("attempts").asInt()).isEqualTo(1);
            assertThat(delivery.at("/request/headers/webhook-id").asText()).startsWith("evt_");
            assertThat(delivery.at("/request/headers/webhook-signature").asText())
                    .isEqualTo("v1,********");
            assertThat(delivery.at("/request/body").asText()).contains("helper");
            assertThat(delivery.at("/response/body").asText()).isEqualTo("{\"you sent\": \"********\"}");
            assertThat(delivery.at("/response/headers/set-cookie").asText()).isEqualTo("********");
            Answer one = client.get("/v1/webhooks/" + subscriber.id() + "/deliveries/"
                    + delivery.path("id").asText());
            assertThat(one).hasStatus(200);
            assertThat(one.at("/history")).hasSize(1);
            assertThat(client.get("/v1/webhooks/deliveries/" + one.id()).body()).isEqualTo(one.body());
            assertThat(subscriber.webhook())
                    .has("/delivery_attempts", 1)
                    .has("/successful_deliveries", 1)
                    .has("/failed_deliveries", 0);
        }
    }

    @Test
    void areListedPageByPageAndByStatus(ApiClient client) {
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.created\"]")) {
            for (int i = 0; i < 5; i++) {
                agent(client, "agent-" + i);
            }
            subscriber.receiver().await(5);
            String path = "/v1/webhooks/" + subscriber.id() + "/deliveries";
            Eventually.see(
                    () -> client.get(path + "?status=success"),
                    answer -> answer.rows().size() == 5);

            assertThat(client.get(path + "?limit=2&offset=4").rows()).hasSize(1);
            assertThat(client.get(path + "?status=failed").rows()).isEmpty();
            assertThat(client.get(path + "?event=teammate.created").rows()).hasSize(5);
            assertThat(client.get(path + "?event=other").rows()).isEmpty();
            assertThat(client.get(path + "?status=lost")).hasStatus(400);
            assertThat(client.get("/api/v1/webhooks/" + subscriber.id() + "/deliveries")
                            .rows())
                    .hasSize(5);
        }
    }

    @Test
    void endWhateverTheReceiverSends(ApiClient client) {
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.created\"]")) {
            subscriber.receiver().then(Reply.endless());
            agent(client, "helper");

            JsonNode delivery = subscriber.delivery("success");

            assertThat(delivery.at("/response/truncated").asBoolean()).isTrue();
            assertThat(delivery.at("/response/body").asText()).hasSizeBetween(1000, 16 << 10);
        }
    }

    @Test
    void followRedirects(ApiClient client) throws WebhookVerificationException {
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.created\"]")) {
            subscriber.receiver().then(Reply.redirect(307, "/moved"));
            agent(client, "helper");

            List<Call> calls = subscriber.receiver().await(2);

            assertThat(calls).extracting(Call::path).containsExactly("/hook", "/moved");
            Subscriber.verify(subscriber.secret(), calls.getLast());
        }
    }

    @Test
    void areNotHeldUpByASlowReceiver(ApiClient client) {
        Gate gate = new Gate();
        try (Subscriber slow = Subscriber.to(client, "[\"teammate.created\"]");
                Subscriber fast = Subscriber.to(client, "[\"teammate.created\"]")) {
            slow.receiver().otherwise(Reply.heldAt(gate, Reply.status(200)));

            for (int i = 0; i < 40; i++) {
                agent(client, "agent-" + i);
            }

            fast.receiver().await(40);
            assertThat(slow.deliveries()).doesNotMention("\"success\"");
            gate.open();
        }
    }

    @Test
    void areSignedTwiceWhileASecretIsBeingChanged(ApiClient client) throws WebhookVerificationException {
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.created\"]")) {
            Answer rotated = client.post("/v1/webhooks/" + subscriber.id() + "/rotate-secret", "{}");
            assertThat(rotated).hasStatus(200).hasHeader("ETag");
            assertThat(rotated.at("/previous_secret_expires_at").isNull()).isFalse();
            agent(client, "one");
            Call both = subscriber.receiver().await(1).getFirst();

            Subscriber.verify(subscriber.secret(), both);
            Subscriber.verify(rotated.text("/secret"), both);

            Answer again =
                    client.post("/v1/webhooks/" + subscriber.id() + "/rotate-secret", "{\"overlap_seconds\": 0}");
            agent(client, "two");
            Call last = subscriber.receiver().await(2).getLast();
            Subscriber.verify(again.text("/secret"), last);
            assertThatThrownBy(() -> Subscriber.verify(rotated.text("/secret"), last))
                    .isInstanceOf(WebhookVerificationException.class);
        }
    }

    @Test
    void canBeTriedOut(ApiClient client) throws WebhookVerificationException {
        try (Subscriber subscriber = Subscriber.to(client, "[\"task.failed\"]", ", \"status\": \"disabled\"")) {
            Answer fine = client.post("/v1/webhooks/" + subscriber.id() + "/test", "{}");
            subscriber.receiver().then(Reply.json(503, "{}"));
            Answer bad = client.post("/v1/webhooks/" + subscriber.id() + "/test", "");
            subscriber.receiver().goDown();
            Answer down = client.post("/v1/webhooks/" + subscriber.id() + "/test", "{}");

            assertThat(fine).hasStatus(200).has("/status", "success").has("/event", "webhook.test");
            Subscriber.verify(subscriber.secret(), subscriber.receiver().calls().getFirst());
            assertThat(bad).hasStatus(200).has("/status", "failed").has("/error", "it answered 503");
            assertThat(down)
                    .hasStatus(200)
                    .has("/status", "failed")
                    .hasNull("/status_code")
                    .mentions("nobody answers");
            assertThat(client.post("/v1/webhooks/" + subscriber.id() + "/test", "{\"event\": {}}"))
                    .hasStatus(400)
                    .hasFieldError("/event", "not a field");
        }
    }

    @Test
    void canBeDeliveredAgain(ApiClient client) {
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.created\"]")) {
            agent(client, "helper");
            String delivery = subscriber.delivery("success").path("id").asText();

            Answer again = client.post("/v1/webhooks/deliveries/" + delivery + "/redeliver", "");
            List<Call> calls = subscriber.receiver().await(2);
            JsonNode twice = subscriber.delivery(row -> row.path("attempts").asInt() == 2);

            assertThat(again).hasStatus(202).has("/status", "pending");
            assertThat(calls.getLast().body()).isEqualTo(calls.getFirst().body());
            assertThat(calls.getLast().headers().get("webhook-id"))
                    .isEqualTo(calls.getFirst().headers().get("webhook-id"));
            assertThat(twice.path("status").asText()).isEqualTo("success");
            client.patch("/v1/webhooks/" + subscriber.id(), "{\"status\": \"disabled\"}");
            assertThat(client.post("/v1/webhooks/" + subscriber.id() + "/deliveries/" + delivery + "/redeliver", ""))
                    .hasStatus(409)
                    .saysWhy("disabled");
        }
    }

    @Test
    void stopWhenTheReceiverIsGoneForGood(ApiClient client) {
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.created\"]")) {
            subscriber.receiver().then(Reply.status(410));
            agent(client, "helper");

            Answer disabled = Eventually.see(
                    subscriber::webhook, answer -> answer.text("/status").equals("disabled"));

            assertThat(disabled.text("/status_reason")).contains("410");
            assertThat(subscriber.delivery("failed").path("error").asText()).isEqualTo("it answered 410");
            Answer trail = client.get("/api/v1/auditing/items?filter=%7B%22action_type%22%3A%22disable%22%7D");
            assertThat(trail.rows())
                    .anyMatch(row -> row.at("/extra/id").asText().equals(subscriber.id())
                            && row.at("/extra/reason").asText().contains("410"));
        }
    }

    @Test
    void goWithTheirWebhook(ApiClient client) {
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.created\"]")) {
            agent(client, "helper");
            String delivery = subscriber.delivery("success").path("id").asText();

            assertThat(client.delete("/v1/webhooks/" + subscriber.id())).hasStatus(200);

            assertThat(client.get("/v1/webhooks/deliveries/" + delivery)).hasStatus(404);
            assertThat(subscriber.deliveries()).hasStatus(404);
        }
    }
}

package ai.kubiya.server.webhook.outgoing;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.AnswerAssert;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Eventually;
import ai.kubiya.server.testing.ScriptedReceiver;
import ai.kubiya.server.testing.ScriptedReceiver.Call;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** An endpoint and the webhook that tells it of events. */
record Subscriber(ApiClient client, ScriptedReceiver receiver, String id, String secret) implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param more fields of the webhook besides url and events, each with a comma before it */
    static Subscriber to(ApiClient client, String events, String more) {
        ScriptedReceiver receiver = ScriptedReceiver.start();
        Answer made = client.post(
                "/v1/webhooks", "{\"url\": \"%s/hook\", \"events\": %s%s}".formatted(receiver.url(), events, more));
        AnswerAssert.assertThat(made).hasStatus(201);
        return new Subscriber(client, receiver, made.id(), made.text("/secret"));
    }

    static Subscriber to(ApiClient client, String events) {
        return to(client, events, "");
    }

    /** As a receiver does it, with the reference library. */
    static void verify(String secret, Call call) throws WebhookVerificationException {
        verify(secret, call.headers(), call.body());
    }

    static void verify(String secret, Map<String, String> headers, String body) throws WebhookVerificationException {
        Map<String, List<String>> lists = new HashMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        try {
            new Webhook(secret).verify(body, lists);
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static JsonNode json(Call call) {
        try {
            return JSON.readTree(call.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(call.body(), e);
        }
    }

    Answer webhook() {
        return client.get("/v1/webhooks/" + id);
    }

    Answer deliveries() {
        return client.get("/v1/webhooks/" + id + "/deliveries");
    }

    /** Waits until the newest delivery is as wanted. */
    JsonNode delivery(Predicate<JsonNode> wanted) {
        return Eventually.see(() -> deliveries().rows().stream().findFirst().orElseGet(JSON::createObjectNode), wanted);
    }

    JsonNode oldestDelivery(Predicate<JsonNode> wanted) {
        return Eventually.see(
                () -> deliveries().rows().reversed().stream().findFirst().orElseGet(JSON::createObjectNode), wanted);
    }

    JsonNode delivery(String status) {
        return delivery(row -> row.path("status").asText().equals(status));
    }

    @Override
    public void close() {
        receiver.close();
    }
}

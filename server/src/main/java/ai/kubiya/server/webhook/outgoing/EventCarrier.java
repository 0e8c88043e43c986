package ai.kubiya.server.webhook.outgoing;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.outbound.CallFailed;
import ai.kubiya.server.outbound.OutboundHttp;
import ai.kubiya.server.webhook.definition.Webhooks;
import ai.kubiya.server.webhook.delivery.Carried;
import ai.kubiya.server.webhook.delivery.Carrier;
import ai.kubiya.server.webhook.delivery.Delivery;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Posts events, signed as Standard Webhooks says; with two signatures while a secret is being changed. */
public final class EventCarrier implements Carrier {
    private static final String SIGNATURE = "webhook-signature";

    private final Webhooks webhooks;
    private final OutboundHttp http;
    private final String userAgent;
    private final Clock clock;

    public EventCarrier(Webhooks webhooks, OutboundHttp http, String userAgent, Clock clock) {
        this.webhooks = webhooks;
        this.http = http;
        this.userAgent = userAgent;
        this.clock = clock;
    }

    @Override
    public boolean mayDisable() {
        return true;
    }

    @Override
    public Carried carry(Delivery delivery) {
        Optional<Webhooks.Subscriber> subscriber =
                webhooks.subscriber(delivery.organizationId(), delivery.webhookId());
        if (subscriber.isEmpty()) {
            return Carried.refused(Json.object(), "the webhook was deleted");
        }
        List<String> secrets = subscriber.get().secrets();
        if (secrets.isEmpty()) {
            return Carried.noAnswer(
                    Json.object(), "the webhook's secret was lost with the server's master key: rotate the secret");
        }
        Map<String, String> headers = headers(delivery, secrets);
        ObjectNode shown = shown(headers);
        try {
            byte[] body = delivery.payload().getBytes(StandardCharsets.UTF_8);
            return Carried.byStatus(shown, http.post(subscriber.get().url(), headers, body)).without(withoutPrefix(secrets));
        } catch (CallFailed e) {
            return Carried.noAnswer(shown, String.valueOf(e.getMessage()));
        }
    }

    private static List<String> withoutPrefix(List<String> secrets) {
        return secrets.stream()
                .map(secret -> secret.replaceFirst("^whsec_", ""))
                .toList();
    }

    private Map<String, String> headers(Delivery delivery, List<String> secrets) {
        String id = EventMessage.id(delivery.eventId());
        long now = clock.instant().getEpochSecond();
        List<String> signatures = new ArrayList<>();
        for (String secret : secrets) {
            signatures.add(signature(secret, id, now, delivery.payload()));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("user-agent", userAgent);
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now));
        headers.put(SIGNATURE, String.join(" ", signatures));
        return headers;
    }

    private static String signature(String secret, String id, long at, String payload) {
        try {
            return new Webhook(secret).sign(id, at, payload);
        } catch (EmptyWebhookSecretException | WebhookSigningException e) {
            throw new IllegalStateException("a stored secret cannot sign", e);
        }
    }

    private static ObjectNode shown(Map<String, String> headers) {
        ObjectNode request = Json.object();
        ObjectNode shown = request.putObject("headers");
        headers.forEach((name, value) -> shown.put(name, name.equals(SIGNATURE) ? "v1," + Carried.MASK : value));
        return request;
    }
}

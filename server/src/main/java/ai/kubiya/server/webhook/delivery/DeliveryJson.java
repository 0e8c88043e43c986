package ai.kubiya.server.webhook.delivery;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wire shapes of deliveries. */
public final class DeliveryJson {
    private DeliveryJson() {}

    /** With the last attempt. */
    public static ObjectNode of(Delivery delivery) {
        ObjectNode json = Json.object()
                .put("id", delivery.id().toString())
                .put("uuid", delivery.id().toString())
                .put("webhook_id", delivery.webhookId().toString())
                .put("event", delivery.eventType())
                .put("event_id", delivery.eventId().toString())
                .put("status", delivery.status().wireName())
                .put("attempts", delivery.attempts());
        attempt(json, delivery, delivery.last());
        return json.put("next_attempt_at", Json.time(delivery.nextAttemptAt()))
                .put("created_at", Json.time(delivery.createdAt()))
                .put("finished_at", Json.time(delivery.finishedAt()));
    }

    /** With all attempts. */
    public static ObjectNode of(Delivery delivery, List<Attempt> attempts) {
        ObjectNode json = of(delivery);
        ArrayNode history = json.putArray("history");
        for (Attempt attempt : attempts) {
            ObjectNode one = history.addObject()
                    .put("attempt", attempt.number())
                    .put("at", Json.time(attempt.at()));
            attempt(one, delivery, attempt);
        }
        return json;
    }

    private static void attempt(ObjectNode json, Delivery delivery, @Nullable Attempt attempt) {
        json.put("status_code", attempt == null ? null : attempt.statusCode())
                .put("duration_ms", attempt == null ? null : attempt.durationMillis())
                .put("error", attempt == null ? null : attempt.error());
        ObjectNode request = attempt == null
                ? Json.object().set("headers", Json.object())
                : attempt.request().deepCopy();
        if (!request.has("body")) {
            request.put("body", delivery.payload());
        }
        json.set("request", request);
        json.set("response", attempt == null ? null : attempt.response());
    }
}

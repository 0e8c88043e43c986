package ai.kubiya.server.webhook.outgoing;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/** What subscribers get. */
final class EventMessage {
    private EventMessage() {}

    /** The body: the same for every attempt. */
    static String of(UUID eventId, String type, Instant at, ObjectNode data) {
        ObjectNode json = Json.object().put("id", id(eventId)).put("type", type).put("timestamp", Json.time(at));
        json.set("data", data);
        return Json.text(json);
    }

    /** The header webhook-id: receivers tell by it what they have had. */
    static String id(UUID eventId) {
        return "evt_" + eventId;
    }
}

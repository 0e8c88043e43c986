package ai.kubiya.server.webhook.incoming;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The wire shapes of received events. */
public final class ReceivedEventJson {
    private static final int LONGEST_IN_LISTS = 2000;

    private ReceivedEventJson() {}

    /** With the beginning of the payload. */
    public static ObjectNode summary(ReceivedEvent event) {
        String payload = event.payload();
        boolean cut = payload.length() > LONGEST_IN_LISTS;
        return of(event, cut ? payload.substring(0, LONGEST_IN_LISTS) : payload).put("truncated", cut);
    }

    public static ObjectNode of(ReceivedEvent event) {
        return of(event, event.payload()).put("truncated", false);
    }

    private static ObjectNode of(ReceivedEvent event, String payload) {
        ObjectNode json = Json.object()
                .put("id", event.id().toString())
                .put("uuid", event.id().toString())
                .put("webhook_id", event.webhookId().toString())
                .put("status", event.status().wireName())
                .put("origin", event.origin().wireName())
                .put("replay_of", text(event.replayOf()))
                .put("message", event.message())
                .put("session_id", text(event.sessionId()))
                .put("execution_id", text(event.executionId()));
        ObjectNode headers = json.putObject("headers");
        event.headers().forEach(headers::put);
        return json.put("payload", payload)
                .put("received_at", Json.time(event.receivedAt()))
                .put("started_at", Json.time(event.startedAt()))
                .put("finished_at", Json.time(event.finishedAt()));
    }

    /** For a sender that waited. */
    public static ObjectNode outcome(ReceivedEvent event, String result) {
        return Json.object()
                .put("id", event.id().toString())
                .put("status", event.status().wireName())
                .put("result", result)
                .put("message", event.message())
                .put("session_id", text(event.sessionId()))
                .put("execution_id", text(event.executionId()));
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}

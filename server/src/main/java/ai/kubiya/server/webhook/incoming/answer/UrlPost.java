package ai.kubiya.server.webhook.incoming.answer;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.outbound.CallFailed;
import ai.kubiya.server.outbound.OutboundHttp;
import ai.kubiya.server.webhook.delivery.Carried;
import ai.kubiya.server.webhook.incoming.ReceivedEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Posts the answer as JSON to a url. */
public final class UrlPost implements Destination {
    private final OutboundHttp http;
    private final String userAgent;

    public UrlPost(OutboundHttp http, String userAgent) {
        this.http = http;
        this.userAgent = userAgent;
    }

    @Override
    public Carried post(Answer answer, String place) {
        ReceivedEvent event = answer.event();
        ObjectNode body = Json.object()
                .put("event_id", event.id().toString())
                .put("webhook_id", event.webhookId().toString())
                .put("webhook", answer.webhook().incoming().name())
                .put("source", answer.webhook().incoming().source())
                .put("status", event.status().wireName())
                .put("result", answer.result())
                .put("message", event.message())
                .put("session_id", text(event.sessionId()))
                .put("execution_id", text(event.executionId()));
        if (!answer.webhook().incoming().hideHeaders()) {
            ObjectNode headers = body.putObject("headers");
            event.headers().forEach(headers::put);
        }
        String json = Json.text(body);
        ObjectNode shown = Shown.request(json);
        try {
            Map<String, String> headers = Map.of(
                    "content-type", "application/json", "user-agent", userAgent, "webhook-id", "ans_" + event.id());
            return Carried.byStatus(shown, http.post(place, headers, json.getBytes(StandardCharsets.UTF_8)));
        } catch (CallFailed e) {
            return Carried.noAnswer(shown, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}

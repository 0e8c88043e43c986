package ai.kubiya.server.webhook;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.webhook.definition.Webhook;
import ai.kubiya.server.webhook.definition.Webhooks;
import ai.kubiya.server.webhook.delivery.DeliveryJson;
import ai.kubiya.server.webhook.incoming.EventStart;
import ai.kubiya.server.webhook.incoming.ReceivedEvent;
import ai.kubiya.server.webhook.incoming.ReceivedEventJson;
import ai.kubiya.server.webhook.incoming.ReceivedEvents;
import ai.kubiya.server.webhook.outgoing.TestEvents;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** HTTP of trying a webhook out. */
public final class WebhookTestRoutes implements Routes {
    /** Shorter than clients usually wait. */
    private static final Duration WAIT = Duration.ofSeconds(25);

    private final Webhooks webhooks;
    private final TestEvents outgoing;
    private final ReceivedEvents events;
    private final EventStart start;

    public WebhookTestRoutes(Webhooks webhooks, TestEvents outgoing, ReceivedEvents events, EventStart start) {
        this.webhooks = webhooks;
        this.outgoing = outgoing;
        this.events = events;
        this.start = start;
    }

    @Override
    public void addTo(Router router) {
        for (String base : List.of("/v1/webhooks", "/api/v1/webhooks", "/api/v1/event")) {
            router.post(base + "/{webhook}/test", Scope.WEBHOOKS_MANAGE, this::test);
        }
        router.post("/api/v1/webhook/test", Scope.WEBHOOKS_MANAGE, this::testUrl);
    }

    private Response test(Request request) throws IOException, InterruptedException {
        Webhook webhook = webhooks.get(request.caller(), WebhookRoutes.id(request), null);
        JsonFields fields = request.fields();
        return switch (webhook.kind()) {
            case OUTGOING -> {
                fields.check(request.strict());
                yield Response.ok(DeliveryJson.of(outgoing.send(request.caller(), webhook)));
            }
            case INCOMING -> {
                JsonNode event = fields.node("event").orElseGet(WebhookTestRoutes::sample);
                boolean dry = fields.flag("dry_run", false);
                boolean wait = fields.flag("wait", false);
                fields.check(request.strict());
                yield dry ? preview(webhook, event) : receive(request, webhook, event, wait);
            }
        };
    }

    private static JsonNode sample() {
        ObjectNode sample = Json.object();
        sample.putObject("_test").put("message", "This is a test.");
        return sample;
    }

    private Response preview(Webhook webhook, JsonNode event) {
        EventStart.Preview preview = start.preview(webhook, Json.text(event));
        return Response.ok(Json.object()
                .put("matches", preview.matches())
                .put("prompt", preview.message())
                .put("problem", preview.problem()));
    }

    private Response receive(Request request, Webhook webhook, JsonNode event, boolean wait)
            throws IOException, InterruptedException {
        ReceivedEvent received = events.test(request.caller(), webhook, Json.text(event));
        if (wait) {
            ReceivedEvent ended = events.await(webhook.organizationId(), received.id(), WAIT);
            if (ended.status().isOver()) {
                return Response.ok(ReceivedEventJson.outcome(ended, events.result(ended)));
            }
        }
        return Response.json(202, ReceivedEventJson.summary(received));
    }

    /** What the Python client calls: it names the webhook by its url. */
    private Response testUrl(Request request) throws IOException, InterruptedException {
        JsonFields fields = request.fields();
        String url = fields.requiredText("webhook_url", 2000);
        JsonNode event = fields.node("test_data").orElseGet(WebhookTestRoutes::sample);
        boolean wait = fields.flag("wait_for_response", false);
        fields.check(false);
        String token = url.replaceFirst("[?#].*$", "").replaceFirst("/+$", "").replaceFirst("^.*/", "");
        Webhook webhook = webhooks.byToken(token)
                .map(Webhooks.Receiver::webhook)
                .filter(found -> found.organizationId().equals(request.caller().organizationId()))
                .orElseThrow(() -> ApiException.invalid("/webhook_url", "is not the url of a webhook here"));
        return receive(request, webhook, event, wait);
    }
}

package ai.kubiya.server.webhook;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.webhook.definition.Kind;
import ai.kubiya.server.webhook.definition.Webhook;
import ai.kubiya.server.webhook.definition.Webhooks;
import ai.kubiya.server.webhook.incoming.EventStatus;
import ai.kubiya.server.webhook.incoming.ReceivedEvent;
import ai.kubiya.server.webhook.incoming.ReceivedEventJson;
import ai.kubiya.server.webhook.incoming.ReceivedEvents;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** HTTP of what incoming webhooks received. */
public final class ReceivedEventRoutes implements Routes {
    private final Webhooks webhooks;
    private final ReceivedEvents events;

    public ReceivedEventRoutes(Webhooks webhooks, ReceivedEvents events) {
        this.webhooks = webhooks;
        this.events = events;
    }

    @Override
    public void addTo(Router router) {
        for (String base : List.of("/v1/webhooks", "/api/v1/webhooks", "/api/v1/event")) {
            String all = base + "/{webhook}/events";
            router.get(all, Scope.WEBHOOKS_MANAGE, this::list)
                    .get(all + "/{event}", Scope.WEBHOOKS_MANAGE, this::get)
                    .post(all + "/{event}/replay", Scope.WEBHOOKS_MANAGE, this::replay);
        }
    }

    private Webhook webhook(Request request) {
        return webhooks.get(request.caller(), WebhookRoutes.id(request), Kind.INCOMING);
    }

    private Response list(Request request) {
        Optional<EventStatus> status = request.query("status").map(ReceivedEventRoutes::status);
        return Response.list(
                request,
                events.list(webhook(request), status.orElse(null), request.bounded(1000))
                        .map(ReceivedEventJson::summary));
    }

    private static EventStatus status(String text) {
        try {
            return EventStatus.ofWireName(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(
                    "status",
                    "must be accepted, filtered, running, completed, failed or cancelled, got \"" + text + "\"");
        }
    }

    private ReceivedEvent event(Request request, Webhook webhook) {
        UUID id = request.uuid("event", "event");
        return events.find(webhook.organizationId(), id)
                .filter(event -> event.webhookId().equals(webhook.id()))
                .orElseThrow(() -> ApiException.notFound("event of this webhook", id));
    }

    private Response get(Request request) {
        return Response.ok(ReceivedEventJson.of(event(request, webhook(request))));
    }

    private Response replay(Request request) {
        Webhook webhook = webhook(request);
        ReceivedEvent again = events.replay(request.caller(), webhook, event(request, webhook));
        return Response.json(202, ReceivedEventJson.summary(again));
    }
}

package ai.kubiya.server.webhook;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.webhook.definition.Webhook;
import ai.kubiya.server.webhook.definition.Webhooks;
import ai.kubiya.server.webhook.delivery.Deliveries;
import ai.kubiya.server.webhook.delivery.Delivery;
import ai.kubiya.server.webhook.delivery.DeliveryJson;
import ai.kubiya.server.webhook.delivery.DeliveryStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** HTTP of what webhooks sent: events of outgoing ones, answers of incoming ones. */
public final class DeliveryRoutes implements Routes {
    private final Webhooks webhooks;
    private final Deliveries deliveries;

    public DeliveryRoutes(Webhooks webhooks, Deliveries deliveries) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
    }

    @Override
    public void addTo(Router router) {
        for (String base : List.of("/v1/webhooks", "/api/v1/webhooks")) {
            String ofOne = base + "/{webhook}/deliveries";
            router.get(ofOne, Scope.WEBHOOKS_MANAGE, this::list)
                    .get(ofOne + "/{delivery}", Scope.WEBHOOKS_MANAGE, this::getOfWebhook)
                    .post(ofOne + "/{delivery}/redeliver", Scope.WEBHOOKS_MANAGE, this::redeliverOfWebhook);
            String any = base + "/deliveries/{delivery}";
            router.get(any, Scope.WEBHOOKS_MANAGE, request -> shown(delivery(request)))
                    .post(any + "/redeliver", Scope.WEBHOOKS_MANAGE, request -> redeliver(request, delivery(request)));
        }
    }

    private Webhook webhook(Request request) {
        return webhooks.get(request.caller(), WebhookRoutes.id(request), null);
    }

    private Response list(Request request) {
        Optional<DeliveryStatus> status = request.query("status").map(DeliveryRoutes::status);
        return Response.list(
                request,
                deliveries
                        .list(
                                webhook(request),
                                status.orElse(null),
                                request.query("event").orElse(null),
                                request.bounded(1000))
                        .map(DeliveryJson::of));
    }

    private static DeliveryStatus status(String text) {
        try {
            return DeliveryStatus.ofWireName(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("status", "must be pending, success or failed, got \"" + text + "\"");
        }
    }

    private Delivery delivery(Request request) {
        return deliveries.get(request.caller(), request.uuid("delivery", "delivery"));
    }

    private Delivery deliveryOfWebhook(Request request) {
        Webhook webhook = webhook(request);
        Delivery delivery = delivery(request);
        if (!delivery.webhookId().equals(webhook.id())) {
            throw ApiException.notFound("delivery of this webhook", delivery.id());
        }
        return delivery;
    }

    private Response getOfWebhook(Request request) {
        return shown(deliveryOfWebhook(request));
    }

    private Response shown(Delivery delivery) {
        return Response.ok(DeliveryJson.of(delivery, deliveries.attempts(delivery)));
    }

    private Response redeliverOfWebhook(Request request) {
        return redeliver(request, deliveryOfWebhook(request));
    }

    private Response redeliver(Request request, Delivery delivery) {
        Webhook webhook = webhooks.get(request.caller(), delivery.webhookId(), null);
        return Response.json(202, DeliveryJson.of(deliveries.redeliver(request.caller(), webhook, delivery.id())));
    }
}

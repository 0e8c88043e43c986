package ai.kubiya.server.webhook.outgoing;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.event.Event;
import ai.kubiya.server.event.EventConsumer;
import ai.kubiya.server.webhook.definition.Webhook;
import ai.kubiya.server.webhook.definition.Webhooks;
import ai.kubiya.server.webhook.delivery.Cargo;
import ai.kubiya.server.webhook.delivery.Deliveries;
import ai.kubiya.server.webhook.delivery.NewDelivery;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Makes of every event one delivery for each subscription that wants it. */
public final class FanOut implements EventConsumer.Taker {
    /** For {@link EventConsumer}; never to be changed. */
    public static final String CONSUMER = "outgoing-webhooks";

    private final Webhooks webhooks;
    private final Deliveries deliveries;

    public FanOut(Webhooks webhooks, Deliveries deliveries) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
    }

    @Override
    public void take(Transaction transaction, List<Event> events) {
        List<UUID> organizations =
                events.stream().map(Event::organizationId).distinct().toList();
        for (Webhook webhook : webhooks.subscriptions(transaction, organizations)) {
            List<NewDelivery> wanted = events.stream()
                    .filter(event -> wants(webhook, event))
                    .map(event -> delivery(webhook, event))
                    .collect(Collectors.toList());
            if (!wanted.isEmpty()) {
                deliveries.add(transaction, webhook.id(), webhook.outgoing().ordered(), wanted);
            }
        }
    }

    private static boolean wants(Webhook webhook, Event event) {
        return webhook.organizationId().equals(event.organizationId())
                && event.position() > webhook.afterPosition()
                && webhook.outgoing().wants(event.type());
    }

    private static NewDelivery delivery(Webhook webhook, Event event) {
        return new NewDelivery(
                event.organizationId(),
                webhook.id(),
                Cargo.EVENT,
                event.id(),
                event.type(),
                event.resourceType() + "/" + event.resourceId(),
                event.position(),
                EventMessage.of(event.id(), event.type(), event.occurredAt(), event.data()));
    }
}

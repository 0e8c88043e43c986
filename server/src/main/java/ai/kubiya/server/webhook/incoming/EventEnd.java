package ai.kubiya.server.webhook.incoming;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.event.Event;
import ai.kubiya.server.event.EventConsumer;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.webhook.definition.Webhook;
import ai.kubiya.server.webhook.definition.Webhooks;
import ai.kubiya.server.webhook.delivery.Cargo;
import ai.kubiya.server.webhook.delivery.Deliveries;
import ai.kubiya.server.webhook.delivery.NewDelivery;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Notes the end of what events started, and hands the answer over to be delivered. */
public final class EventEnd implements EventConsumer.Taker {
    /** For {@link EventConsumer}; never to be changed. */
    public static final String CONSUMER = "incoming-webhooks";

    private final ReceivedEventStore store = new ReceivedEventStore();
    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final EventBell bell;
    private final Clock clock;

    public EventEnd(Webhooks webhooks, Deliveries deliveries, EventBell bell, Clock clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public void take(Transaction transaction, List<Event> events) {
        List<ReceivedEventStore.Ended> ended = events.stream()
                .filter(event -> event.type().startsWith("execution."))
                .map(EventEnd::ended)
                .toList();
        if (ended.isEmpty()) {
            return;
        }
        for (ReceivedEvent event : store.ended(transaction, ended, clock.instant())) {
            webhooks.find(transaction, event.organizationId(), event.webhookId())
                    .ifPresent(webhook -> answer(transaction, webhook, event.id()));
            told(transaction, event.id());
        }
    }

    private static ReceivedEventStore.Ended ended(Event event) {
        EventStatus status = switch (event.type()) {
            case "execution.completed" -> EventStatus.COMPLETED;
            case "execution.cancelled" -> EventStatus.CANCELLED;
            default -> EventStatus.FAILED;
        };
        return new ReceivedEventStore.Ended(
                UUID.fromString(event.resourceId()),
                status,
                event.data().path("message").textValue());
    }

    /** Hands the answer over, if the webhook says where it goes. */
    void answer(Transaction transaction, Webhook webhook, UUID event) {
        Optional<String> place = webhook.incoming().communication().place();
        if (place.isPresent()) {
            NewDelivery answer = new NewDelivery(
                    webhook.organizationId(),
                    webhook.id(),
                    Cargo.ANSWER,
                    event,
                    "webhook.answer",
                    "event/" + event,
                    0,
                    Json.text(Json.object().put("event_id", event.toString())));
            deliveries.add(transaction, webhook.id(), false, List.of(answer));
        }
    }

    /** Those who wait for the end of an event look again. */
    void told(Transaction transaction, UUID event) {
        bell.ringEnded(transaction, event);
    }
}

package ai.kubiya.server.webhook.incoming.answer;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.webhook.definition.Communication;
import ai.kubiya.server.webhook.definition.Webhook;
import ai.kubiya.server.webhook.delivery.Carried;
import ai.kubiya.server.webhook.delivery.Carrier;
import ai.kubiya.server.webhook.delivery.Delivery;
import ai.kubiya.server.webhook.incoming.ReceivedEvent;
import ai.kubiya.server.webhook.incoming.ReceivedEvents;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Carries answers, each in the way that its webhook says now. */
public final class AnswerCarrier implements Carrier {
    private final ReceivedEvents events;
    private final WebhookFinder webhooks;
    private final Map<Communication.Method, Destination> destinations;

    /** Finds a webhook of an organisation. */
    @FunctionalInterface
    public interface WebhookFinder {
        Optional<Webhook> find(UUID organizationId, UUID id);
    }

    public AnswerCarrier(ReceivedEvents events, WebhookFinder webhooks, SlackPost slack, TeamsPost teams, UrlPost url) {
        this.events = events;
        this.webhooks = webhooks;
        this.destinations = Map.of(
                Communication.Method.SLACK, slack, Communication.Method.TEAMS, teams, Communication.Method.HTTP, url);
    }

    /** An answer that nobody hears is no reason to take no more events. */
    @Override
    public boolean mayDisable() {
        return false;
    }

    @Override
    public Carried carry(Delivery delivery) {
        Optional<Webhook> webhook = webhooks.find(delivery.organizationId(), delivery.webhookId());
        Optional<ReceivedEvent> event = Uuids.parse(
                        Json.parse(delivery.payload()).path("event_id").asText())
                .flatMap(id -> events.find(delivery.organizationId(), id));
        if (webhook.isEmpty() || event.isEmpty()) {
            return Carried.refused(Json.object(), "the event is not kept any more");
        }
        Communication communication = webhook.get().incoming().communication();
        Optional<String> place = communication.place();
        if (place.isEmpty()) {
            return Carried.refused(Json.object(), "the webhook has no destination any more");
        }
        try {
            Answer answer = new Answer(webhook.get(), event.get(), events.result(event.get()));
            return Objects.requireNonNull(destinations.get(communication.method()))
                    .post(answer, place.get());
        } catch (IOException e) {
            return Carried.noAnswer(Json.object(), "the answer could not be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Carried.noAnswer(Json.object(), "the server is stopping");
        }
    }
}

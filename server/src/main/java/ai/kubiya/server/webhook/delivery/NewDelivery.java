package ai.kubiya.server.webhook.delivery;

import java.util.UUID;

/**
 * Something to be delivered.
 *
 * @param eventId an event goes to a webhook once, however often it is handed over
 * @param resource what the event is about
 * @param position grows with time among the events about one resource
 * @param payload what is sent, or what it is made from
 */
public record NewDelivery(
        UUID organizationId,
        UUID webhookId,
        Cargo cargo,
        UUID eventId,
        String eventType,
        String resource,
        long position,
        String payload) {}

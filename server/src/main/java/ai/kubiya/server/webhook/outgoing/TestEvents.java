package ai.kubiya.server.webhook.outgoing;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.event.EventTypes;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.webhook.definition.Webhook;
import ai.kubiya.server.webhook.definition.Webhooks;
import ai.kubiya.server.webhook.delivery.Cargo;
import ai.kubiya.server.webhook.delivery.Delivery;
import ai.kubiya.server.webhook.delivery.DeliveryWork;
import ai.kubiya.server.webhook.delivery.NewDelivery;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.UUID;

/** Sends an event that did not happen, so that somebody can see whether it arrives. */
public final class TestEvents {
    private final DeliveryWork work;
    private final AuditLog audit;
    private final Clock clock;

    public TestEvents(DeliveryWork work, AuditLog audit, Clock clock) {
        this.work = work;
        this.audit = audit;
        this.clock = clock;
    }

    /** Tried once; answers how it went. */
    public Delivery send(Caller caller, Webhook webhook) {
        audit.add(caller, Webhooks.entry(webhook, "test"));
        UUID event = Uuids.next(clock);
        ObjectNode data = Json.object()
                .put("message", "This is a test.")
                .put("webhook_id", webhook.id().toString())
                .put("user", caller.email());
        return work.carryNow(new NewDelivery(
                caller.organizationId(),
                webhook.id(),
                Cargo.EVENT,
                event,
                EventTypes.TEST,
                "webhook/" + webhook.id(),
                0,
                EventMessage.of(event, EventTypes.TEST, clock.instant(), data)));
    }
}

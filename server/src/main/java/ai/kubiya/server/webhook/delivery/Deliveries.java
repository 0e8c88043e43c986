package ai.kubiya.server.webhook.delivery;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.signal.Bell;
import ai.kubiya.server.signal.Signals;
import ai.kubiya.server.webhook.definition.Webhook;
import ai.kubiya.server.webhook.definition.Webhooks;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes deliveries over from those who have them, and shows how they go. */
public final class Deliveries {
    private static final String TOPIC = "webhook-deliveries";

    private final Database database;
    private final DeliveryStore store = new DeliveryStore();
    private final ClaimStore claims = new ClaimStore();
    private final Bell bell;
    private final AuditLog audit;
    private final Clock clock;

    public Deliveries(Database database, Bell bell, AuditLog audit, Clock clock) {
        this.database = database;
        this.bell = bell;
        this.audit = audit;
        this.clock = clock;
    }

    /** Takes over, in the transaction of whoever has them; what is there already is not doubled. */
    public void add(Transaction transaction, UUID webhookId, boolean ordered, List<NewDelivery> deliveries) {
        Instant now = clock.instant();
        List<DeliveryStore.Row> rows = new ArrayList<>();
        Set<String> waiting = ordered ? waiting(transaction, webhookId, deliveries) : Set.of();
        for (NewDelivery delivery : deliveries) {
            boolean first = !ordered || waiting.add(delivery.resource());
            rows.add(new DeliveryStore.Row(Uuids.next(clock), delivery, first ? now : null));
        }
        store.insert(transaction, rows, now, now.plus(Backoff.GIVE_UP));
        wake(transaction);
    }

    /**
     * What cannot be sent yet. Whoever ends a delivery has the lock of the endpoint when letting the next one go, so
     * nothing is left waiting for what ended in between.
     */
    private Set<String> waiting(Transaction transaction, UUID webhookId, List<NewDelivery> deliveries) {
        claims.lockCircuit(transaction, webhookId);
        return store.pending(
                transaction,
                webhookId,
                deliveries.stream().map(NewDelivery::resource).distinct().toList());
    }

    void wake(Transaction transaction) {
        bell.ringOthers(transaction, TOPIC);
        transaction.afterCommit(() -> bell.ringHere(TOPIC));
    }

    /** Wakes when there is something to carry. */
    Signals.Subscription watch() {
        return bell.signals().subscribe(TOPIC);
    }

    /** A webhook's deliveries, newest first. */
    public Page<Delivery> list(
            Webhook webhook, @Nullable DeliveryStatus status, @Nullable String event, Page.Range range) {
        return database.read(transaction ->
                store.list(transaction, webhook.organizationId(), webhook.id(), status, event, range));
    }

    /** One delivery of the caller's organisation. */
    public Delivery get(Caller caller, UUID id) {
        return database.read(transaction -> get(transaction, caller, id));
    }

    private Delivery get(Transaction transaction, Caller caller, UUID id) {
        return store.find(transaction, caller.organizationId(), id)
                .orElseThrow(() -> ApiException.notFound("delivery", id));
    }

    public List<Attempt> attempts(Delivery delivery) {
        return database.read(transaction -> store.attempts(transaction, delivery.id()));
    }

    /**
     * Delivers once more, as if it were new; the receiver can tell by the id that it is the same event.
     *
     * @throws ApiException 409 while it is being tried, and while its webhook is disabled
     */
    public Delivery redeliver(Caller caller, Webhook webhook, UUID id) {
        if (!webhook.active()) {
            throw ApiException.conflict("The webhook is disabled; set its status to active first.");
        }
        Delivery renewed = database.inTransaction(transaction -> {
            Delivery delivery = get(transaction, caller, id);
            Instant now = clock.instant();
            if (!store.renew(transaction, delivery.id(), now, now.plus(Backoff.GIVE_UP))) {
                throw ApiException.conflict("The delivery is being tried right now; wait for its end.");
            }
            audit.add(
                    transaction,
                    caller,
                    Webhooks.entry(webhook, "redeliver").with("delivery_id", id).with("event", delivery.eventType()));
            wake(transaction);
            return get(transaction, caller, id);
        });
        return renewed;
    }
}

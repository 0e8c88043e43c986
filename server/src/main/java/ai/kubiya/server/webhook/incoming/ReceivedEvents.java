package ai.kubiya.server.webhook.incoming;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.signal.Signals;
import ai.kubiya.server.webhook.definition.Webhook;
import ai.kubiya.server.webhook.definition.Webhooks;
import ai.kubiya.server.webhook.incoming.work.Work;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows received events, receives some of them again, waits for their end and forgets them. */
public final class ReceivedEvents {
    private static final int BATCH = 500;
    private static final Duration LOOK_ANYWAY = Duration.ofSeconds(2);

    private final Database database;
    private final ReceivedEventStore store = new ReceivedEventStore();
    private final Work work;
    private final EventBell bell;
    private final AuditLog audit;
    private final Clock clock;

    public ReceivedEvents(Database database, Work work, EventBell bell, AuditLog audit, Clock clock) {
        this.database = database;
        this.work = work;
        this.bell = bell;
        this.audit = audit;
        this.clock = clock;
    }

    /** A webhook's events, newest first. */
    public Page<ReceivedEvent> list(Webhook webhook, @Nullable EventStatus status, Page.Range range) {
        return database.read(transaction -> store.list(transaction, webhook, status, range));
    }

    public Optional<ReceivedEvent> find(UUID organizationId, UUID id) {
        return database.read(transaction -> store.find(transaction, organizationId, id));
    }

    /** Receives a stored event again, as the webhook is now. */
    public ReceivedEvent replay(Caller caller, Webhook webhook, ReceivedEvent event) {
        return again(caller, webhook, event.headers(), event.payload(), EventOrigin.REPLAY, event.id());
    }

    /** Receives an event that nobody sent. */
    public ReceivedEvent test(Caller caller, Webhook webhook, String payload) {
        return again(caller, webhook, Map.of(), payload, EventOrigin.TEST, null);
    }

    private ReceivedEvent again(
            Caller caller,
            Webhook webhook,
            Map<String, String> headers,
            String payload,
            EventOrigin origin,
            @Nullable UUID replayOf) {
        if (!webhook.active()) {
            throw ApiException.conflict("The webhook is disabled; set its status to active first.");
        }
        var event = new ReceivedEventStore.NewEvent(Uuids.next(clock), null, headers, payload, origin, replayOf);
        return database.inTransaction(transaction -> {
            if (!store.insert(transaction, webhook, event, clock.instant())) {
                throw ApiException.conflict("Somebody else changed this webhook just now; send the request again.");
            }
            audit.add(
                    transaction,
                    caller,
                    Webhooks.entry(webhook, origin.wireName()).with("event_id", event.id()));
            bell.ringAccepted(transaction);
            return store.find(transaction, webhook.organizationId(), event.id()).orElseThrow();
        });
    }

    /** Waits until an event is over, or the time is. Answers it as it then is. */
    public ReceivedEvent await(UUID organizationId, UUID id, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        try (Signals.Subscription news = bell.watchEnd(id)) {
            while (true) {
                ReceivedEvent event = find(organizationId, id).orElseThrow(() -> ApiException.notFound("event", id));
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (event.status().isOver() || left.isNegative()) {
                    return event;
                }
                news.await(left.compareTo(LOOK_ANYWAY) < 0 ? left : LOOK_ANYWAY);
            }
        }
    }

    /** What came of an event, in words; empty when nothing did. */
    public String result(ReceivedEvent event) throws IOException, InterruptedException {
        UUID execution = event.executionId();
        return execution == null || !event.status().isOver() ? "" : work.result(event.organizationId(), execution);
    }

    /**
     * Forgets what is over and was received long ago.
     *
     * @param kept how long; zero = for ever
     */
    public void forgetOld(Duration kept) {
        if (kept.isZero()) {
            return;
        }
        Instant before = clock.instant().minus(kept);
        // Ids begin with the milliseconds of their time.
        UUID idBefore = new UUID(before.toEpochMilli() << 16, 0);
        int removed;
        do {
            removed = database.inTransaction(transaction -> store.removeBefore(transaction, idBefore, BATCH));
        } while (removed == BATCH);
    }
}

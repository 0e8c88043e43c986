package ai.kubiya.server.webhook.delivery;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.outbound.CallAnswer;
import ai.kubiya.server.webhook.definition.Webhooks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes deliveries, has them carried and writes down how it went. */
public final class DeliveryWork {
    private static final Logger log = LoggerFactory.getLogger(DeliveryWork.class);
    /** Longer than any call may take. */
    private static final Duration TAKEN_FOR = Duration.ofMinutes(1);

    private static final int BATCH = 500;

    private final Database database;
    private final DeliveryStore store = new DeliveryStore();
    private final ClaimStore claims = new ClaimStore();
    private final Deliveries deliveries;
    private final Webhooks webhooks;
    private final Map<Cargo, Carrier> carriers;
    private final String node;
    private final RandomGenerator random;
    private final Backoff backoff;
    private final Clock clock;

    /**
     * The work.
     *
     * @param node names this installation; the same after a restart, so that what an earlier process of it had in hand is
     *     known to be free
     */
    public DeliveryWork(
            Database database,
            Deliveries deliveries,
            Webhooks webhooks,
            Map<Cargo, Carrier> carriers,
            String node,
            RandomGenerator random,
            Clock clock) {
        this.database = database;
        this.deliveries = deliveries;
        this.webhooks = webhooks;
        this.carriers = Map.copyOf(carriers);
        this.node = node;
        this.random = random;
        this.backoff = new Backoff(random);
        this.clock = clock;
    }

    /**
     * A delivery in hand.
     *
     * @param probe whether it is the one that is tried while its endpoint is left alone
     */
    record Taken(Delivery delivery, UUID claim, boolean probe) {}

    /** At start: what an earlier process of this installation had in hand. */
    public int takeBackOwn() {
        return database.inTransaction(transaction -> claims.takeBack(transaction, node, clock.instant()));
    }

    List<ClaimStore.Due> due() {
        return database.read(claims::due);
    }

    /** The next delivery of a webhook, if there is one that may be tried now. */
    Optional<Taken> take(UUID webhookId) {
        return database.inTransaction(transaction -> {
            Instant now = clock.instant();
            Instant deadAt = now.plus(TAKEN_FOR);
            Optional<Circuit> circuit = claims.circuit(transaction, webhookId);
            if (circuit.isEmpty()) {
                return Optional.empty();
            }
            boolean probe = circuit.get().isOpen();
            if (probe && !claims.claimProbe(transaction, webhookId, now, deadAt)) {
                return Optional.empty();
            }
            UUID claim = UUID.randomUUID();
            return claims.claim(transaction, webhookId, probe, claim, node, now, deadAt)
                    .map(id -> new Taken(store.get(transaction, id), claim, probe));
        });
    }

    void carry(Taken taken) {
        Instant begun = clock.instant();
        long started = System.nanoTime();
        Carried carried = carried(taken.delivery());
        long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
        settle(taken, carried, begun, millis);
    }

    private Carried carried(Delivery delivery) {
        try {
            return carrier(delivery).carry(delivery);
        } catch (RuntimeException e) {
            // Counted as any other failure, or it would be tried for ever.
            log.warn("the delivery {} could not be carried", delivery.id(), e);
            return Carried.noAnswer(Json.object(), "the server failed; see its log");
        }
    }

    private Carrier carrier(Delivery delivery) {
        return Objects.requireNonNull(carriers.get(delivery.cargo()));
    }

    /** Tries a delivery once, here and now, whether or not its webhook is active, and answers how it went. */
    public Delivery carryNow(NewDelivery delivery) {
        UUID id = Uuids.next(clock);
        UUID claim = UUID.randomUUID();
        Delivery stored = database.inTransaction(transaction -> {
            Instant now = clock.instant();
            store.insertClaimed(
                    transaction, new DeliveryStore.Row(id, delivery, now), claim, node, now.plus(TAKEN_FOR), now);
            return store.get(transaction, id);
        });
        carry(new Taken(stored, claim, false));
        return database.read(transaction -> store.get(transaction, id));
    }

    private void settle(Taken taken, Carried carried, Instant begun, long millis) {
        Delivery delivery = taken.delivery();
        Instant now = clock.instant();
        @Nullable Instant next = next(delivery, carried, now);
        DeliveryStatus status = switch (carried.verdict()) {
            case DELIVERED -> DeliveryStatus.SUCCESS;
            case REFUSED, GONE -> DeliveryStatus.FAILED;
            case FAILED -> next == null ? DeliveryStatus.FAILED : DeliveryStatus.PENDING;
        };
        database.useTransaction(transaction -> {
            Optional<Circuit> before = claims.lockCircuit(transaction, delivery.webhookId());
            boolean mine = before.isPresent() && claims.settle(transaction, delivery, taken.claim(), status, next, now);
            if (!mine) {
                // Taken for dead, or its webhook is gone.
                return;
            }
            CallAnswer answer = carried.answer();
            claims.insertAttempt(
                    transaction,
                    delivery.id(),
                    new Attempt(
                            delivery.attempts() + 1,
                            begun,
                            millis,
                            carried.request(),
                            answer == null ? null : answer.status(),
                            carried.response(),
                            carried.error()));
            Circuit circuit = after(before.get(), carried, taken.probe(), now);
            claims.setCircuit(transaction, delivery.webhookId(), circuit, status, begun);
            boolean released = status != DeliveryStatus.PENDING
                    && claims.releaseNext(transaction, delivery.webhookId(), delivery.resource(), now);
            if (released || before.get().isOpen()) {
                deliveries.wake(transaction);
            }
            disable(transaction, delivery, carried, circuit, now);
        });
    }

    private @Nullable Instant next(Delivery delivery, Carried carried, Instant now) {
        return carried.verdict() != Carried.Verdict.FAILED
                ? null
                : backoff.after(delivery.tries() + 1, carried.retryAfter())
                        .map(now::plus)
                        .filter(next -> !next.isAfter(delivery.expiresAt()))
                        .orElse(null);
    }

    /**
     * A refusal says something about the delivery, and nothing about the endpoint. What was under way when the endpoint was
     * left alone says nothing new: only a probe that fails makes the next pause longer.
     */
    private Circuit after(Circuit before, Carried carried, boolean probe, Instant now) {
        return switch (carried.verdict()) {
            case DELIVERED -> Circuit.CLOSED;
            case FAILED, GONE -> before.isOpen() && !probe ? before : before.failed(now, random);
            case REFUSED -> before;
        };
    }

    private void disable(Transaction transaction, Delivery delivery, Carried carried, Circuit circuit, Instant now) {
        boolean gone = carried.verdict() == Carried.Verdict.GONE;
        if (!carrier(delivery).mayDisable() || (!gone && !circuit.isHopeless(now))) {
            return;
        }
        String reason = gone
                ? "The endpoint answered 410 Gone: it wants no more deliveries."
                : "Nothing could be delivered for days. The last failure: " + carried.error() + ".";
        webhooks.find(transaction, delivery.organizationId(), delivery.webhookId())
                .ifPresent(webhook -> webhooks.disable(transaction, webhook, reason));
    }

    /** Gives up what is over by time: endpoints that were left alone, webhooks that are disabled. */
    public void giveUpExpired() {
        Instant now = clock.instant();
        List<ClaimStore.Expired> expired;
        do {
            expired = database.read(transaction -> claims.expired(transaction, now, BATCH));
            expired.forEach(one -> database.useTransaction(transaction -> {
                claims.lockCircuit(transaction, one.webhookId());
                if (claims.giveUp(transaction, one.id(), now)) {
                    claims.countFailed(transaction, one.webhookId());
                    claims.releaseNext(transaction, one.webhookId(), one.resource(), now);
                }
            }));
        } while (expired.size() == BATCH);
    }

    /**
     * Forgets what has been over for long.
     *
     * @param kept how long; zero = for ever
     */
    public void forgetOld(Duration kept) {
        if (kept.isZero()) {
            return;
        }
        Instant before = clock.instant().minus(kept);
        int removed;
        do {
            removed = database.inTransaction(transaction -> claims.removeBefore(transaction, before, BATCH));
        } while (removed == BATCH);
    }
}

package ai.kubiya.server.audit;

import ai.kubiya.server.signal.Signals;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads an organisation's trail while it grows, each item once. It reads up to the oldest transaction that is still open
 * and no further, so an item that is committed late is not passed by.
 */
public final class AuditFollower {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration OPEN_TRANSACTION = Duration.ofMillis(25);
    private static final int BATCH = 500;

    private final AuditTrail trail;
    private final Signals signals;

    public AuditFollower(AuditTrail trail, Signals signals) {
        this.trail = trail;
        this.signals = signals;
    }

    /** Takes items. */
    interface Reader {
        /** From now on nothing is missed. */
        void begun() throws IOException;

        void item(AuditItem item) throws IOException;

        /** Everything that is there has been read. */
        void caughtUp() throws IOException;

        /** Nothing happened for a while. */
        void silence() throws IOException;
    }

    /**
     * Follows until the reader or the server goes away.
     *
     * @param after place of the last item that the reader has; null = from the filter's {@code from}, or from now on
     */
    void follow(UUID organization, AuditFilter filter, @Nullable Long after, Reader reader)
            throws IOException, InterruptedException {
        try (Signals.Subscription subscription = signals.subscribe(AuditLog.topic(organization))) {
            AuditTrail.Horizon horizon = settled();
            long last = after != null ? after : start(organization, filter.from(), horizon);
            reader.begun();
            while (true) {
                List<AuditItem> items = trail.between(organization, filter, last, horizon, BATCH);
                for (AuditItem item : items) {
                    reader.item(item);
                    last = item.position();
                }
                reader.caughtUp();
                if (items.size() == BATCH) {
                    continue;
                }
                last = Math.max(last, horizon.position());
                long before = System.nanoTime();
                subscription.await(HEARTBEAT);
                if (System.nanoTime() - before >= HEARTBEAT.toNanos()) {
                    reader.silence();
                }
                horizon = settled();
            }
        }
    }

    private long start(UUID organization, @Nullable Instant from, AuditTrail.Horizon horizon) {
        return from == null
                ? horizon.position()
                : trail.firstPosition(organization, from)
                        .map(first -> Math.min(first - 1, horizon.position()))
                        .orElse(horizon.position());
    }

    /** Waits for the transactions that are open now; they are short. */
    private AuditTrail.Horizon settled() throws InterruptedException {
        AuditTrail.Horizon horizon = trail.horizon();
        while (!trail.isSettled(horizon)) {
            Thread.sleep(OPEN_TRANSACTION);
        }
        return horizon;
    }
}

package ai.kubiya.server.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts of the keys in use, for a process that is alone. Knows what of them the database does not know yet. Keys that
 * rest are forgotten here once the database has them, so this holds as many as are in use.
 */
final class MemoryCounts {
    /** Seconds for which the counts of a key stay here after its last request. */
    private static final int REST = 120;

    private final ConcurrentHashMap<UUID, Counter> counters = new ConcurrentHashMap<>();
    private final Function<UUID, Counts> stored;

    /**
     * Counts that begin with what is stored.
     *
     * @param stored reads the counts of a key in the database
     */
    MemoryCounts(Function<UUID, Counts> stored) {
        this.stored = stored;
    }

    /** The counts of one key. Everything under its own monitor. */
    private static final class Counter {
        /** Null until they were read from the database. */
        private @Nullable Counts counts;

        private Counts handedOver = Counts.none();
        private long used;
        /** Whoever still holds a forgotten counter takes another one. */
        private boolean forgotten;
    }

    Verdict count(UUID keyId, Quota quota, long now) {
        while (true) {
            Counter counter = counters.computeIfAbsent(keyId, _ -> new Counter());
            synchronized (counter) {
                if (!counter.forgotten) {
                    return count(counter, keyId, quota, now);
                }
            }
        }
    }

    private Verdict count(Counter counter, UUID keyId, Quota quota, long now) {
        counter.used = now;
        Counts known = counter.counts;
        if (known == null) {
            known = stored.apply(keyId);
            counter.handedOver = known;
        }
        Counts current = known.at(now);
        boolean admitted = !current.isFull(quota);
        Counts after = admitted ? current.plusOne() : current;
        counter.counts = after;
        return new Verdict(admitted, after);
    }

    /** What was counted since the last time that this was asked. */
    List<Batch.Row> handOver() {
        List<Batch.Row> rows = new ArrayList<>();
        counters.forEach((keyId, counter) -> {
            synchronized (counter) {
                Counts counts = counter.counts;
                if (counts != null && !counts.equals(counter.handedOver)) {
                    rows.add(new Batch.Row(keyId, counts.since(counter.handedOver)));
                    counter.handedOver = counts;
                }
            }
        });
        return rows;
    }

    /** Forgets keys that rest. Only while the database has everything that was handed over. */
    void forgetResting(long now) {
        counters.forEach((keyId, counter) -> {
            synchronized (counter) {
                boolean known = counter.counts == null || counter.counts.equals(counter.handedOver);
                if (known && Math.abs(now - counter.used) > REST) {
                    counter.forgotten = true;
                    counters.remove(keyId, counter);
                }
            }
        });
    }

    /** Forgets everything. Only while nobody counts and the database has everything. */
    void clear() {
        counters.clear();
    }
}

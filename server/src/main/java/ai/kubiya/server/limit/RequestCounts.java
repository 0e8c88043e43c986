package ai.kubiya.server.limit;

import ai.kubiya.server.db.Database;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests in one of two places: in memory, or with a statement for each in the database. {@link Presence}
 * decides where, and lets a process count in memory only while no other counts at all. A change of place waits for the
 * requests that are being counted and holds up those that come, so none is lost or counted twice.
 */
final class RequestCounts {
    private final Database database;
    private final CountStore counts = new CountStore();
    private final ProcessStore processes = new ProcessStore();
    private final UUID process;
    private final String node;
    private final Clock clock;
    private final MemoryCounts memory;
    private final ReadWriteLock place = new ReentrantReadWriteLock();
    /** Full windows that the database told of: until they end, nobody has to be asked again. */
    private final Map<UUID, Counts> full = new ConcurrentHashMap<>();

    /** Guarded by {@code place}. */
    private boolean inMemory;
    /** On its way to the database, perhaps there already. Only the thread that settles touches it. */
    private @Nullable Batch sent;

    private long lastBatch;

    RequestCounts(Database database, UUID process, String node, Clock clock) {
        this.database = database;
        this.process = process;
        this.node = node;
        this.clock = clock;
        this.memory = new MemoryCounts(keyId ->
                database.read(transaction -> counts.find(transaction, keyId).orElse(Counts.none())));
    }

    /**
     * Counts a request, or finds that a window is full.
     *
     * @return null when {@code allowed} says that this process may not count now
     */
    @Nullable
    Verdict count(UUID keyId, Quota quota, long now, BooleanSupplier allowed) {
        place.readLock().lock();
        try {
            if (!allowed.getAsBoolean()) {
                return null;
            }
            return inMemory ? memory.count(keyId, quota, now) : inDatabase(keyId, quota, now);
        } finally {
            place.readLock().unlock();
        }
    }

    private Verdict inDatabase(UUID keyId, Quota quota, long now) {
        Counts known = full.get(keyId);
        if (known != null && known.at(now).isFull(quota)) {
            return new Verdict(false, known.at(now));
        }
        Verdict verdict = database.read(transaction -> counts.count(transaction, keyId, quota, now));
        if (!verdict.admitted()) {
            full.put(keyId, verdict.counts());
        }
        return verdict;
    }

    boolean inMemory() {
        place.readLock().lock();
        try {
            return inMemory;
        } finally {
            place.readLock().unlock();
        }
    }

    /**
     * Changes the place in which this process counts.
     *
     * @param change says the same in the database; when it answers false, or fails, the place stays as it was
     */
    boolean move(boolean toMemory, BooleanSupplier change) {
        place.writeLock().lock();
        try {
            // Twice: a batch whose fate is unknown goes first.
            flush();
            flush();
            if (!change.getAsBoolean()) {
                return false;
            }
            memory.clear();
            full.clear();
            inMemory = toMemory;
            return true;
        } finally {
            place.writeLock().unlock();
        }
    }

    /** Brings the database up to date, in one transaction. What fails is sent again the next time, and counts once. */
    void flush() {
        if (sent == null) {
            List<Batch.Row> rows = memory.handOver();
            if (rows.isEmpty()) {
                return;
            }
            lastBatch++;
            sent = new Batch(lastBatch, rows);
        }
        Batch batch = sent;
        database.useTransaction(transaction -> {
            counts.dontWaitForTheDisk(transaction);
            if (processes.lastBatch(transaction, process).isEmpty()) {
                processes.join(transaction, process, node);
            }
            if (processes.lastBatch(transaction, process).orElse(0L) < batch.number()) {
                counts.add(transaction, batch.rows());
                processes.setLastBatch(transaction, process, batch.number());
            }
        });
        sent = null;
    }

    /** Keeps memory small. Right after a {@link #flush} that went well. */
    void forgetResting() {
        long now = clock.instant().getEpochSecond();
        if (sent == null) {
            memory.forgetResting(now);
        }
        full.values().removeIf(known -> known.at(now).equals(Counts.none().at(now)));
    }
}

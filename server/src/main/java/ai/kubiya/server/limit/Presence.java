package ai.kubiya.server.limit;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process among the servers of a database: keeps its row fresh, sees others come and go, and decides where requests
 * are counted. What holds at any time:
 *
 * <ul>
 *   <li>A process counts only while its row is fresh by its own reckoning, which ends before others take it for dead.
 *   <li>A process that comes waits until none that is alive counts in memory.
 *   <li>A process moves to memory only when it sees no other; those who come and those who move take turns.
 * </ul>
 */
final class Presence implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    /** Between two looks; what was counted in memory reaches the database as often. */
    private static final Duration BEAT = Duration.ofSeconds(1);

    private static final Duration FRESH = Duration.ofSeconds(4);
    private static final Duration DEAD = Duration.ofSeconds(6);
    /** How long this process is alone before it counts in memory again. */
    private static final Duration ALONE = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration GONE = Duration.ofHours(1);

    private final Database database;
    private final ProcessStore processes = new ProcessStore();
    private final RequestCounts counts;
    private final UUID process;
    private final String node;
    private final boolean shared;
    private final Consumer<Transaction> announcement;
    private final ReentrantLock settling = new ReentrantLock();
    private final Semaphore nudges = new Semaphore(0);
    private final Thread thread;

    private volatile long freshUntil = System.nanoTime();
    private volatile boolean closed;
    /** Guarded by {@code settling}, as what follows. */
    private @Nullable Long failedAt;

    private @Nullable Long aloneSince;

    /**
     * Joins the servers of the database; returns when this process may count.
     *
     * @param shared whether there can be others
     * @param announcement tells the others to look, once its transaction is committed
     */
    Presence(
            Database database,
            RequestCounts counts,
            UUID process,
            String node,
            boolean shared,
            Consumer<Transaction> announcement) {
        this.database = database;
        this.counts = counts;
        this.process = process;
        this.node = node;
        this.shared = shared;
        this.announcement = announcement;
        settling.lock();
        try {
            settle();
            if (aloneSince != null) {
                countInMemory();
            }
        } finally {
            settling.unlock();
        }
        this.thread = Thread.ofVirtual().name("request-counts").start(this::run);
    }

    /** Whether this process may count now. */
    boolean isFresh() {
        return !closed && (!shared || freshUntil - System.nanoTime() > 0);
    }

    /** Makes sure that this process may count, or fails as the database does. */
    void ensureFresh() {
        if (isFresh()) {
            return;
        }
        settling.lock();
        try {
            if (closed) {
                throw ApiException.unavailable("The server is stopping.", 5);
            }
            if (isFresh()) {
                return;
            }
            // One request has waited for a database that does not answer; the others behind it need not.
            if (failedAt != null && System.nanoTime() - failedAt < BEAT.toNanos()) {
                throw ApiException.unavailable("Requests cannot be counted while the database does not answer.", 2);
            }
            settle();
        } finally {
            settling.unlock();
        }
    }

    /** Looks for others soon: one has announced itself. */
    void nudge() {
        nudges.release();
    }

    private void run() {
        boolean wellBefore = true;
        try {
            while (!closed) {
                nudges.tryAcquire(BEAT.toMillis(), TimeUnit.MILLISECONDS);
                nudges.drainPermits();
                try {
                    beat();
                    wellBefore = true;
                } catch (RuntimeException e) {
                    if (wellBefore) {
                        log.warn("request counts could not be brought to the database; trying again: {}", e.toString());
                    }
                    wellBefore = false;
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void beat() {
        settling.lock();
        try {
            if (closed) {
                return;
            }
            counts.flush();
            counts.forgetResting();
            if (!shared) {
                return;
            }
            if (!isFresh()) {
                settle();
                return;
            }
            boolean inMemory = counts.inMemory();
            long sent = System.nanoTime();
            boolean others = database.read(transaction -> processes.hasOthers(transaction, process, DEAD));
            noteOthers(others);
            if (others && inMemory) {
                settle();
            } else if (!database.read(transaction -> processes.seen(transaction, process, inMemory))) {
                settle();
            } else {
                freshUntil = sent + FRESH.toNanos();
                if (!inMemory && aloneSince != null && sent - aloneSince >= ALONE.toNanos()) {
                    countInMemory();
                }
            }
        } finally {
            settling.unlock();
        }
    }

    private void noteOthers(boolean others) {
        if (others) {
            aloneSince = null;
        } else if (aloneSince == null) {
            aloneSince = System.nanoTime();
        }
    }

    /** Counts in the database from now on, once nobody else counts in memory. */
    private void settle() {
        try {
            long joined = System.nanoTime();
            counts.move(false, () -> {
                database.useTransaction(transaction -> {
                    processes.lock(transaction);
                    processes.join(transaction, process, node);
                    noteOthers(shared && processes.hasOthers(transaction, process, DEAD));
                    announcement.accept(transaction);
                });
                return true;
            });
            while (shared && awaitOthers()) {
                joined = System.nanoTime();
                database.read(transaction -> processes.seen(transaction, process, false));
            }
            freshUntil = joined + FRESH.toNanos();
            failedAt = null;
        } catch (RuntimeException e) {
            // What the database knows of this process is not certain any more.
            freshUntil = System.nanoTime();
            failedAt = System.nanoTime();
            throw e;
        }
    }

    /** True after a little while when another one still counts in memory; it sees this one, or is found dead. */
    private boolean awaitOthers() {
        if (!database.read(transaction -> processes.hasOthersInMemory(transaction, process, DEAD))) {
            return false;
        }
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("The server is stopping.", 5);
        }
        return true;
    }

    private void countInMemory() {
        counts.move(
                true,
                () -> database.inTransaction(transaction -> {
                    processes.lock(transaction);
                    return !(shared && processes.hasOthers(transaction, process, DEAD))
                            && processes.seen(transaction, process, true);
                }));
    }

    void forgetGone() {
        if (shared) {
            database.useTransaction(transaction -> processes.forgetGone(transaction, GONE));
        }
    }

    /** Writes what is left and says goodbye. */
    @Override
    public void close() {
        thread.interrupt();
        settling.lock();
        try {
            if (!closed) {
                counts.move(false, () -> true);
                database.useTransaction(transaction -> processes.leave(transaction, process));
            }
        } catch (RuntimeException e) {
            log.warn("the last counts of requests were not written: {}", e.toString());
        } finally {
            closed = true;
            settling.unlock();
        }
    }
}

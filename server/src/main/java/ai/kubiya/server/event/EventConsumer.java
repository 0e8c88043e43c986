package ai.kubiya.server.event;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.signal.Signals;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to somebody, in order and each once, however many servers do so: how far the consumer is stands in a row
 * that is locked while it takes events, and moves in the same transaction as what it makes of them. It reads up to the
 * oldest transaction that is still open and no further, so an event that is committed late is not passed by.
 */
public final class EventConsumer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventConsumer.class);
    /** Signals can be lost with a connection, and another server may die while it has the row. */
    private static final Duration LOOK_ANYWAY = Duration.ofSeconds(2);

    private static final Duration OPEN_TRANSACTION = Duration.ofMillis(10);
    private static final int BATCH = 200;

    private final Database database;
    private final EventStore store = new EventStore();
    private final Signals signals;
    private final String name;
    private final Taker taker;
    private final Thread thread;
    private volatile boolean closed;

    /** Takes events; what it writes is committed together with the fact that it has had them. */
    @FunctionalInterface
    public interface Taker {
        void take(Transaction transaction, List<Event> events);
    }

    /**
     * A consumer; {@link #start} begins.
     *
     * @param name the same on all servers and for ever
     */
    public EventConsumer(Database database, Signals signals, String name, Taker taker) {
        this.database = database;
        this.signals = signals;
        this.name = name;
        this.taker = taker;
        this.thread = Thread.ofVirtual().name("events-" + name).unstarted(this::run);
    }

    public EventConsumer start() {
        database.useTransaction(transaction -> store.addCursor(transaction, name));
        thread.start();
        return this;
    }

    private void run() {
        try (Signals.Subscription news = signals.subscribe(EventLog.TOPIC)) {
            while (!closed) {
                takeAll();
                news.await(LOOK_ANYWAY);
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void takeAll() throws InterruptedException {
        try {
            boolean more = true;
            while (more && !closed) {
                more = takeSome();
            }
        } catch (RuntimeException e) {
            if (!closed) {
                log.warn("the consumer {} of events failed; it tries again", name, e);
            }
        }
    }

    /** Whether there may be more. */
    private boolean takeSome() throws InterruptedException {
        long before = database.read(transaction -> store.cursor(transaction, name));
        Optional<Long> settled = settledAfter(before);
        return settled.isPresent()
                && database.inTransaction(transaction ->
                        store.lockCursor(transaction, name).map(after -> take(transaction, after, settled.get())))
                        .orElse(false);
    }

    private boolean take(Transaction transaction, long after, long upTo) {
        List<Event> events = store.between(transaction, after, upTo, BATCH);
        if (!events.isEmpty()) {
            taker.take(transaction, events);
        }
        boolean full = events.size() == BATCH;
        store.moveCursor(transaction, name, Math.max(after, full ? events.getLast().position() : upTo));
        return full;
    }

    /** A place up to which nothing can appear any more; empty when nothing was written after {@code before}. */
    private Optional<Long> settledAfter(long before) throws InterruptedException {
        if (database.read(store::lastPosition) <= before) {
            return Optional.empty();
        }
        record Horizon(long position, long transactionId) {}
        Horizon horizon = database.inTransaction(transaction -> {
            // In this order: whoever took a place before the first statement has a smaller id than the second gives.
            long position = store.lastPosition(transaction);
            return new Horizon(position, store.transactionId(transaction));
        });
        while (!database.read(transaction -> store.allOver(transaction, horizon.transactionId()))) {
            Thread.sleep(OPEN_TRANSACTION);
        }
        return Optional.of(horizon.position());
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package ai.kubiya.server.knowledge.meaning;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.knowledge.Reader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds passages with pgvector, where the database's server has it. It is no migration that makes the index, because the
 * extension may come and go when the schema is long up to date: whether it is there is looked at again and again.
 */
public final class PgvectorIndex implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PgvectorIndex.class);

    /** Until it is tried again to make what the database refused; when somebody else made it, that is seen before. */
    private static final Duration AFTER_REFUSAL = Duration.ofHours(1);

    private final Database database;
    private final PgvectorStore store = new PgvectorStore();
    private final ReentrantLock preparing = new ReentrantLock();
    private volatile boolean ready;
    private volatile boolean closing;
    /** What was said last of why it is not used, so that it is said once. */
    private volatile String reason = "";
    /** When it was refused last, on the JVM's clock. */
    private volatile @Nullable Long refused;

    public PgvectorIndex(Database database) {
        this.database = database;
    }

    /** Whether it can be asked. */
    public boolean isReady() {
        return ready;
    }

    /** Sees whether the index is there, and makes it where it can be made. That takes as long as there are vectors. */
    public void prepare() {
        if (!preparing.tryLock()) {
            return;
        }
        try {
            ready = database.read(store::hasIndex) || (isDue() && make());
        } catch (RuntimeException e) {
            refused(e);
        } finally {
            preparing.unlock();
        }
    }

    private boolean isDue() {
        Long last = refused;
        return last == null || System.nanoTime() - last > AFTER_REFUSAL.toNanos();
    }

    private boolean make() {
        Optional<PgvectorStore.Version> version = database.read(store::version);
        if (version.isEmpty()) {
            return false;
        }
        if (!version.get().recent()) {
            without("version " + version.get().number() + " is older than 0.8; update it with"
                    + " ALTER EXTENSION vector UPDATE");
            return false;
        }
        long start = System.nanoTime();
        boolean there = database.alone(store::make);
        if (there) {
            log.info(
                    "knowledge is indexed with pgvector {} after {} ms",
                    version.get().number(),
                    (System.nanoTime() - start) / 1_000_000);
        }
        return there;
    }

    private void refused(RuntimeException e) {
        ready = false;
        refused = System.nanoTime();
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        without(String.valueOf(cause.getMessage()));
    }

    private void without(String why) {
        if (!closing && !why.equals(reason)) {
            log.warn("knowledge is searched without pgvector: {}", why);
            reason = why;
        }
    }

    /**
     * The passages nearest to a question of those that a reader may read, the best first. Empty when the index is not there (any
     * more).
     */
    Optional<List<Similar>> nearest(Reader reader, MeaningVector question, int most) {
        if (!ready) {
            return Optional.empty();
        }
        try {
            return Optional.of(database.inTransaction(transaction -> {
                Similar.Best best = new Similar.Best(most);
                BiConsumer<UUID, MeaningVector> add =
                        (passage, vector) -> best.add(new Similar(passage, vector.similarity(question)));
                store.nearest(transaction, reader, question, most, add);
                if (best.size() < most) {
                    // The index gives up where most of what is near may not be read; what may be is little then.
                    best.clear();
                    store.readable(transaction, reader, add);
                }
                return best.bestFirst();
            }));
        } catch (RuntimeException e) {
            refused(e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        closing = true;
    }
}

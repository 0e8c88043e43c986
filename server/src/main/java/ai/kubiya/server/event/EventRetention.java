package ai.kubiya.server.event;

import ai.kubiya.server.db.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Forgets events that are old and that everybody has had. */
public final class EventRetention {
    private static final int BATCH = 1000;

    private final Database database;
    private final EventStore store = new EventStore();
    private final Duration kept;
    private final Clock clock;

    /**
     * The chore.
     *
     * @param kept how long; zero = for ever
     */
    public EventRetention(Database database, Duration kept, Clock clock) {
        this.database = database;
        this.kept = kept;
        this.clock = clock;
    }

    public void forgetOld() {
        if (kept.isZero()) {
            return;
        }
        Instant before = clock.instant().minus(kept);
        int removed;
        do {
            removed = database.inTransaction(transaction -> store.removeBefore(transaction, before, BATCH));
        } while (removed == BATCH);
    }
}

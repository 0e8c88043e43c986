package ai.kubiya.server.state;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets old versions. A version goes when every bound that is set lets it go; the current one and the newest never do.
 */
public final class StateRetention {
    private static final Logger log = LoggerFactory.getLogger(StateRetention.class);
    /** Small, so that those who write meanwhile do not wait for it. */
    private static final int BATCH = 200;

    private final Database database;
    private final StateStore store = new StateStore();
    private final int versions;
    private final int days;
    private final Clock clock;

    /**
     * The rule.
     *
     * @param versions the newest so many of a project stay; 0 = this is no bound
     * @param days what is younger stays; 0 = this is no bound
     */
    public StateRetention(Database database, int versions, int days, Clock clock) {
        this.database = database;
        this.versions = versions;
        this.days = days;
        this.clock = clock;
    }

    private boolean keepsAll() {
        return versions == 0 && days == 0;
    }

    private int forget(Transaction transaction, @Nullable UUID projectId) {
        Instant before = clock.instant().minus(Duration.ofDays(days));
        return store.forget(transaction, projectId, versions, before, BATCH);
    }

    /** After a version was written: what it pushed out. */
    void afterWrite(Transaction transaction, UUID projectId) {
        if (!keepsAll()) {
            forget(transaction, projectId);
        }
    }

    /** What has grown too old without anything being written. */
    public void forgetOld() {
        if (keepsAll()) {
            return;
        }
        int forgotten = 0;
        int removed;
        do {
            removed = database.inTransaction(transaction -> forget(transaction, null));
            forgotten += removed;
        } while (removed == BATCH);
        if (forgotten > 0) {
            log.info("forgot {} versions of projects' states", forgotten);
        }
    }
}

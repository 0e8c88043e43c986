package ai.kubiya.server.audit;

import ai.kubiya.server.db.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets items that are older than the operator wants them kept. */
public final class AuditRetention {
    private static final Logger log = LoggerFactory.getLogger(AuditRetention.class);
    /** Small, so that those who write meanwhile do not wait for it. */
    private static final int BATCH = 1000;

    private final Database database;
    private final AuditStore store = new AuditStore();
    private final int days;
    private final Clock clock;

    /**
     * The chore.
     *
     * @param days how long items are kept; 0 = for ever
     */
    public AuditRetention(Database database, int days, Clock clock) {
        this.database = database;
        this.days = days;
        this.clock = clock;
    }

    public void forgetOld() {
        if (days == 0) {
            return;
        }
        Instant before = clock.instant().minus(Duration.ofDays(days));
        // Ids begin with the milliseconds of their time.
        UUID idBefore = new UUID(before.toEpochMilli() << 16, 0);
        int forgotten = 0;
        int removed;
        do {
            removed = database.inTransaction(transaction -> store.removeBefore(transaction, before, idBefore, BATCH));
            forgotten += removed;
        } while (removed == BATCH);
        if (forgotten > 0) {
            log.info("forgot {} audit items from before {}", forgotten, before);
        }
    }
}

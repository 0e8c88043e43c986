package ai.kubiya.server.audit;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.signal.Bell;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Writes the audit trail. */
public final class AuditLog {
    private final Database database;
    private final AuditStore store = new AuditStore();
    private final Bell bell;
    private final Clock clock;

    public AuditLog(Database database, Bell bell, Clock clock) {
        this.database = database;
        this.bell = bell;
        this.clock = clock;
    }

    /** Notes what this transaction does: both are committed, or neither. */
    public void add(Transaction transaction, Caller caller, AuditEntry entry) {
        // As clients are shown it, so that a time that was read finds its item again.
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        store.insert(transaction, Uuids.next(clock), at, caller, entry);
        String topic = topic(caller.organizationId());
        bell.ringOthers(transaction, topic);
        transaction.afterCommit(() -> bell.ringHere(topic));
    }

    /** Notes what changes nothing in the database: a refusal, a login. */
    public void add(Caller caller, AuditEntry entry) {
        database.useTransaction(transaction -> add(transaction, caller, entry));
    }

    /** What those who follow an organisation's trail wait for. */
    static String topic(UUID organization) {
        return "a:" + organization;
    }
}

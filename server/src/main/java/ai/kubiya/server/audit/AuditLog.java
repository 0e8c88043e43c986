package ai.kubiya.server.audit;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Uuids;
import java.time.Clock;

/** Writes the audit trail. */
public final class AuditLog {
    private final AuditStore store = new AuditStore();
    private final Clock clock;

    public AuditLog(Clock clock) {
        this.clock = clock;
    }

    /** Notes what this transaction does: both are committed, or neither. */
    public void add(Transaction transaction, Caller caller, AuditEntry entry) {
        store.insert(transaction, Uuids.next(clock), clock.instant(), caller, entry);
    }
}

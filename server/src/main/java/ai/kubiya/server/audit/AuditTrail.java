package ai.kubiya.server.audit;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the audit trail of the caller's organisation. */
public final class AuditTrail {
    private final Database database;
    private final AuditStore store = new AuditStore();

    public AuditTrail(Database database) {
        this.database = database;
    }

    /** Newest first, with the number of all items that fit. */
    Page<AuditItem> list(Caller caller, AuditFilter filter, Page.Range range) {
        return database.read(transaction -> {
            List<AuditItem> rows = store.list(transaction, caller.organizationId(), filter, true, range);
            boolean whole = rows.size() < range.limit() && (range.offset() == 0 || !rows.isEmpty());
            long total =
                    whole ? range.offset() + rows.size() : store.count(transaction, caller.organizationId(), filter);
            return new Page<>(rows, total, range);
        });
    }

    /** Rows alone: nobody counts the others. */
    List<AuditItem> rows(Caller caller, AuditFilter filter, boolean newestFirst, Page.Range range) {
        return database.read(
                transaction -> store.list(transaction, caller.organizationId(), filter, newestFirst, range));
    }

    AuditItem get(Caller caller, UUID id) {
        return database.read(transaction -> store.find(transaction, caller.organizationId(), id))
                .orElseThrow(() -> ApiException.notFound("audit item", id));
    }

    /**
     * A place up to which the trail will not change any more once {@link #isSettled} says so: the places of items are
     * given when they are written and can be seen when their transaction commits, which may be in another order.
     *
     * @param position the last place that was given
     * @param transactionId whoever took that place, or one before it, has a smaller one
     */
    record Horizon(long position, long transactionId) {}

    Horizon horizon() {
        return database.inTransaction(transaction -> {
            // In this order: whoever took a place before the first statement has a smaller id than the second gives.
            long position = store.lastPosition(transaction);
            return new Horizon(position, store.transactionId(transaction));
        });
    }

    boolean isSettled(Horizon horizon) {
        return database.read(transaction -> store.allOver(transaction, horizon.transactionId()));
    }

    /** Items after a place, in order; the horizon must be settled. */
    List<AuditItem> between(UUID organizationId, AuditFilter filter, long after, Horizon horizon, int limit) {
        return database.read(
                transaction -> store.between(transaction, organizationId, filter, after, horizon.position(), limit));
    }

    /** The smallest place of the items from a moment on. */
    Optional<Long> firstPosition(UUID organizationId, Instant from) {
        return database.read(transaction -> store.firstPosition(transaction, organizationId, from));
    }
}

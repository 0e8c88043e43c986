package ai.kubiya.server.event;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.signal.Bell;
import java.time.Clock;
import java.util.UUID;

/** Writes what happened. */
public final class EventLog {
    /** Rings when there are new events. */
    public static final String TOPIC = "events";

    private final EventStore store = new EventStore();
    private final Bell bell;
    private final Clock clock;

    public EventLog(Bell bell, Clock clock) {
        this.bell = bell;
        this.clock = clock;
    }

    /** Notes what this transaction does: both are committed, or neither. */
    public void append(Transaction transaction, UUID organization, NewEvent event) {
        store.insert(transaction, Uuids.next(clock), organization, event, clock.instant());
        bell.ringOthers(transaction, TOPIC);
        transaction.afterCommit(() -> bell.ringHere(TOPIC));
    }
}

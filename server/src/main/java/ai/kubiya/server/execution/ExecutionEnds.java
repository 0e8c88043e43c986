package ai.kubiya.server.execution;

import ai.kubiya.server.db.Transaction;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells those who have to know that an execution ended: both are committed, or neither. */
public final class ExecutionEnds {
    private final List<EndListener> listeners = new CopyOnWriteArrayList<>();

    public void onEnd(EndListener listener) {
        listeners.add(listener);
    }

    void ended(Transaction transaction, Execution execution) {
        listeners.forEach(listener -> listener.ended(transaction, execution));
    }
}

package ai.kubiya.server.execution;

import ai.kubiya.server.db.Transaction;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells those who have to know what becomes of executions: both are committed, or neither. */
public final class ExecutionListeners {
    private final List<ExecutionListener> listeners = new CopyOnWriteArrayList<>();

    public void add(ExecutionListener listener) {
        listeners.add(listener);
    }

    void ended(Transaction transaction, Execution execution) {
        listeners.forEach(listener -> listener.ended(transaction, execution));
    }

    void begun(Transaction transaction, UUID execution, UUID task) {
        listeners.forEach(listener -> listener.begun(transaction, execution, task));
    }
}

package ai.kubiya.server.execution;

import ai.kubiya.server.db.Transaction;
import java.util.UUID;

/** Is told of what becomes of executions, as part of the transactions in which it does. */
public interface ExecutionListener {
    /** An execution ended. */
    void ended(Transaction transaction, Execution execution);

    /** An attempt of a task began to run. */
    default void begun(Transaction transaction, UUID execution, UUID task) {}
}

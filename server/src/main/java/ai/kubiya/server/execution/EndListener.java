package ai.kubiya.server.execution;

import ai.kubiya.server.db.Transaction;

/** Is told of every execution that ends, as part of the transaction that ends it. */
@FunctionalInterface
public interface EndListener {
    /** @param execution as it is now */
    void ended(Transaction transaction, Execution execution);
}

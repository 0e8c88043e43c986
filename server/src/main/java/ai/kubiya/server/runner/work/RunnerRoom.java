package ai.kubiya.server.runner.work;

import ai.kubiya.server.access.RunnerIdentity;
import ai.kubiya.server.db.Transaction;

/** How many more runs a runner may take now. */
@FunctionalInterface
public interface RunnerRoom {
    /** Zero while it drains; asked within the transaction that hands the runs out. */
    int of(Transaction transaction, RunnerIdentity runner);
}

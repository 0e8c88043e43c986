package ai.kubiya.server.project.run;

import ai.kubiya.server.db.Transaction;

/** Hears of runs. */
@FunctionalInterface
public interface RunListener {
    /**
     * A run has come to rest or to its end: it was planned, applied, or failed, or somebody stopped it. What is written in
     * this transaction is there if and only if the run's new status is.
     */
    void settled(Transaction transaction, ProjectRun run);
}

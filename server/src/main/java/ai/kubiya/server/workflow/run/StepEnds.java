package ai.kubiya.server.workflow.run;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionListener;
import ai.kubiya.server.signal.Bell;
import java.util.UUID;

/** Wakes the run of a workflow, on whichever server, when a step of it ends. */
public final class StepEnds implements ExecutionListener {
    private final Bell bell;

    public StepEnds(Bell bell) {
        this.bell = bell;
    }

    static String topic(UUID run) {
        return "w:" + run;
    }

    @Override
    public void ended(Transaction transaction, Execution execution) {
        UUID parent = execution.parentId();
        if (parent != null) {
            bell.ringOthers(transaction, topic(parent));
            transaction.afterCommit(() -> bell.ringHere(topic(parent)));
        }
    }
}

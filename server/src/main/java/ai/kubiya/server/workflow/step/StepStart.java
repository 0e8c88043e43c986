package ai.kubiya.server.workflow.step;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Execution;

/** An attempt of a step that may be begun: everything that can be refused has been looked at. */
@FunctionalInterface
public interface StepStart {
    Execution in(Transaction transaction);
}

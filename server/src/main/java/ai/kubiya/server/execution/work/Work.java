package ai.kubiya.server.execution.work;

import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.model.Cancellation;
import java.util.List;
import java.util.UUID;

/** What is done for executions of one kind. */
public interface Work {
    /**
     * Begins an execution, or goes on with it from where it stands.
     *
     * @return executions that it waits for, all of which wait themselves; empty when it is over
     * @throws LeaseLost when another process has it now
     * @throws InterruptedException when it has to stop in the middle; somebody else goes on with it
     */
    List<UUID> take(LeasedExecution leased, Cancellation cancellation) throws InterruptedException;

    /** Ends an execution that cannot be taken to its end. */
    void giveUp(LeasedExecution leased, String code, String message);
}

package ai.kubiya.server.execution.work;

import java.util.UUID;

/** Another process has the execution now. */
public final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LeaseLost(UUID execution) {
        super("the lease of " + execution + " is over");
    }
}

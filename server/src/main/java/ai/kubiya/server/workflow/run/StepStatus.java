package ai.kubiya.server.workflow.run;

import java.util.Locale;

/** Where a step stands. The wire name is the lower-case name. */
public enum StepStatus {
    /** Not begun, or waiting for its next attempt. */
    PENDING,
    RUNNING,
    COMPLETED,
    FAILED,
    /** Its preconditions did not hold, or what it depends on was skipped. */
    SKIPPED,
    /** Never begun because of a failure before it, or stopped with the workflow. */
    CANCELLED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static StepStatus ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    public boolean isOver() {
        return this != PENDING && this != RUNNING;
    }
}

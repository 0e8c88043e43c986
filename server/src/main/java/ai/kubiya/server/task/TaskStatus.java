package ai.kubiya.server.task;

import java.util.Locale;

/** Where a task stands. The wire name is the lower-case name. */
public enum TaskStatus {
    /** Not begun: scheduled, queued, waiting for an approval or for its next attempt. */
    PENDING,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TaskStatus ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    public boolean isOver() {
        return this != PENDING && this != RUNNING;
    }
}

package ai.kubiya.server.project.run;

import java.util.Locale;

/** How a run stands. The wire name is the lower-case name. */
public enum RunStatus {
    /** Waits for its turn to be planned. */
    PENDING,
    /** Is being planned. */
    RUNNING,
    /** There is a plan, which can be approved. */
    PLANNED,
    /** There is nothing to do. */
    NO_CHANGES,
    /** There is a plan that is to be applied once somebody approves it. */
    AWAITING_APPROVAL,
    /** Waits for its turn to be applied. */
    APPROVED,
    APPLYING,
    APPLIED,
    FAILED,
    REJECTED,
    CANCELLED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static RunStatus ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Something is done or will be, without anybody's word. */
    public boolean isUnderWay() {
        return switch (this) {
            case PENDING, RUNNING, APPROVED, APPLYING -> true;
            case PLANNED, NO_CHANGES, AWAITING_APPROVAL, APPLIED, FAILED, REJECTED, CANCELLED -> false;
        };
    }

    /** Holds the project. */
    public boolean isAtWork() {
        return this == RUNNING || this == APPLYING;
    }

    /** Somebody's word makes more of it. */
    public boolean isApprovable() {
        return this == PLANNED || this == AWAITING_APPROVAL;
    }
}

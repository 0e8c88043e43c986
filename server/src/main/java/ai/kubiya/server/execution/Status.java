package ai.kubiya.server.execution;

import java.util.Locale;

/** Where an execution stands. The wire name is the lower-case name. */
public enum Status {
    /** For people to agree, or for another execution that it started and that waits; nobody holds it. */
    WAITING,
    QUEUED,
    /** Handed to a runner, nothing started yet. */
    LEASED,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED,
    /** Its runner died while it ran: nobody knows how far it came. */
    LOST;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Status ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    public boolean isOver() {
        return switch (this) {
            case WAITING, QUEUED, LEASED, RUNNING -> false;
            case COMPLETED, FAILED, CANCELLED, LOST -> true;
        };
    }
}

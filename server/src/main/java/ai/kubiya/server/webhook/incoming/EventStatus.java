package ai.kubiya.server.webhook.incoming;

import java.util.Locale;

/** What became of an event. The wire name is the lower-case name. */
public enum EventStatus {
    /** Stored; what it is for will be started. */
    ACCEPTED,
    /** The filter says that it is not meant. */
    FILTERED,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static EventStatus ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    public boolean isOver() {
        return switch (this) {
            case ACCEPTED, RUNNING -> false;
            case FILTERED, COMPLETED, FAILED, CANCELLED -> true;
        };
    }
}

package ai.kubiya.server.project;

import java.util.Locale;

/** How a project stands. */
public enum ProjectStatus {
    /** Nothing was applied yet. */
    PENDING,
    /** A run is under way. */
    RUNNING,
    /** The last apply went well. */
    ACTIVE,
    /** The last run failed. */
    FAILED,
    /** All that it had made is gone again. */
    DESTROYED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ProjectStatus ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}

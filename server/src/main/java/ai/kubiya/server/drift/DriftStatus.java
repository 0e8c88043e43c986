package ai.kubiya.server.drift;

import java.util.Locale;

/** What is known of a project's drift. The wire name is the lower-case name. */
enum DriftStatus {
    /** Nobody has looked yet. */
    UNKNOWN,
    CLEAN,
    DRIFTED,
    /** The last look failed; what there was before it is not known to be so any more. */
    FAILED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DriftStatus ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}

package ai.kubiya.server.project.run;

import java.util.Locale;

/** What was asked for. The wire name is the lower-case name. */
public enum RunKind {
    /** A plan, which somebody may apply. */
    PLAN,
    /** A plan that is to be applied. */
    APPLY,
    /** A plan to remove everything, to be applied. */
    DESTROY;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RunKind ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}

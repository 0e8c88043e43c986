package ai.kubiya.server.approval;

import java.util.Locale;

/** Where an approval stands. The wire name is the lower-case name. */
public enum ApprovalStatus {
    PENDING,
    APPROVED,
    REJECTED,
    EXPIRED,
    /** What was to be agreed to will not happen anyway. */
    CANCELLED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ApprovalStatus ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}

package ai.kubiya.server.gitops.delivery;

import java.util.Locale;

/** Where an event stands. The wire name is the lower-case name. */
public enum DeliveryStatus {
    RECEIVED,
    PROCESSED,
    /** There was nothing to do about it. */
    IGNORED,
    FAILED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DeliveryStatus ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}

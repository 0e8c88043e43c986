package ai.kubiya.server.webhook.delivery;

import java.util.Locale;

/** Where a delivery stands. The wire name is the lower-case name. */
public enum DeliveryStatus {
    /** To be tried, or tried again. */
    PENDING,
    SUCCESS,
    /** Given up. */
    FAILED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static DeliveryStatus ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}

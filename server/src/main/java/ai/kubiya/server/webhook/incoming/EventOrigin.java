package ai.kubiya.server.webhook.incoming;

import java.util.Locale;

/** How an event came. The wire name is the lower-case name. */
public enum EventOrigin {
    SENDER,
    TEST,
    /** A stored one again. */
    REPLAY;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EventOrigin ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}

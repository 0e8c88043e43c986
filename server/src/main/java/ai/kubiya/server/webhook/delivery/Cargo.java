package ai.kubiya.server.webhook.delivery;

import java.util.Locale;

/** What is carried. */
public enum Cargo {
    /** To whoever subscribed to it. */
    EVENT,
    /** What came of an event that a webhook received. */
    ANSWER;

    String storedName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Cargo ofStoredName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}

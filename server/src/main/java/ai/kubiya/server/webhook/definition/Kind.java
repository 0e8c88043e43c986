package ai.kubiya.server.webhook.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** The two directions. */
public enum Kind {
    INCOMING,
    OUTGOING;

    private static final List<String> FIELDS_OF_OUTGOING = List.of("url", "events");

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Kind ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** What a client means that sends this: only outgoing ones have a url and events. */
    static Kind of(ObjectNode body) {
        String said = body.path("kind").asText();
        if (said.equals("incoming") || said.equals("outgoing")) {
            return ofWireName(said);
        }
        return FIELDS_OF_OUTGOING.stream().anyMatch(body::hasNonNull) ? OUTGOING : INCOMING;
    }
}

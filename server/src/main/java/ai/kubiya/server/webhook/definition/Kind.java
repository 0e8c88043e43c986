package ai.kubiya.server.webhook.definition;

import ai.kubiya.server.http.ApiException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

    /**
     * The kind that a list is narrowed to.
     *
     * @throws ApiException 400 when there is no such kind
     */
    public static Optional<Kind> find(String name) {
        return switch (name) {
            case "incoming" -> Optional.of(INCOMING);
            case "outgoing" -> Optional.of(OUTGOING);
            default -> throw ApiException.invalid("kind", "must be incoming or outgoing, got \"" + name + "\"");
        };
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

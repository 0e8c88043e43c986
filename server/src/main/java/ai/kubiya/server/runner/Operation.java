package ai.kubiya.server.runner;

import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;

/**
 * Something that a runner is to do.
 *
 * @param grace how long older tokens stay good after a new one was made
 */
record Operation(Kind kind, Duration grace) {
    private static final long MOST_GRACE = 86_400;

    /** What there is to do; the wire name is the lower-case name with dashes. */
    enum Kind {
        /** Ends its work and starts anew, with whatever version of the program is there then. */
        RESTART,
        /** Takes no more work. */
        DRAIN,
        /** Takes work again. */
        RESUME,
        ROTATE_TOKEN;

        String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Reads the body of a request; the older words {@code stop} and {@code start} mean drain and resume. */
    static Operation of(JsonFields fields, boolean strict) {
        String word = fields.requiredText("operation", 100);
        long grace = grace(fields);
        Kind kind = switch (word) {
            case "restart" -> Kind.RESTART;
            case "drain", "stop" -> Kind.DRAIN;
            case "resume", "start" -> Kind.RESUME;
            case "rotate-token", "rotate_token" -> Kind.ROTATE_TOKEN;
            default -> {
                if (!word.isBlank()) {
                    fields.problem(
                            "/operation", "must be restart, drain, resume or rotate-token, got \"" + word + "\"");
                }
                yield Kind.RESTART;
            }
        };
        fields.check(strict);
        return new Operation(kind, Duration.ofSeconds(grace));
    }

    private static long grace(JsonFields fields) {
        JsonNode grace = fields.object("parameters").path("grace_seconds");
        if (grace.isMissingNode() || grace.isNull()) {
            return 0;
        }
        if (!grace.isIntegralNumber() || grace.longValue() < 0 || grace.longValue() > MOST_GRACE) {
            fields.problem("/parameters/grace_seconds", "must be a whole number from 0 to " + MOST_GRACE);
            return 0;
        }
        return grace.longValue();
    }
}

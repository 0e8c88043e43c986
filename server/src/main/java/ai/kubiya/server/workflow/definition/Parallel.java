package ai.kubiya.server.workflow.definition;

import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A step that is done for each of some items, each of which it sees as {@code ${ITEM}}.
 *
 * @param items an array, or a text with a reference to one
 * @param atOnce how many are done at the same time
 */
public record Parallel(JsonNode items, int atOnce) {
    public static final int MOST_ITEMS = 100;
    private static final int USUAL_AT_ONCE = 10;

    /** Reads an array, a reference, or {@code {items, maxConcurrent}}; notes what is wrong. */
    static Optional<Parallel> of(JsonFields step, String name) {
        Optional<JsonNode> sent = step.node(name);
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        JsonNode json = sent.get();
        JsonNode items = json.isObject() ? json.path("items") : json;
        JsonNode atOnce = json.path("maxConcurrent");
        if (!items.isArray() && !items.isTextual()) {
            step.problem("/" + name, "must be an array of items, a reference to one, or an object with items");
            return Optional.empty();
        }
        if (items.size() > MOST_ITEMS) {
            step.problem("/" + name, "must have at most " + MOST_ITEMS + " items, got " + items.size());
        }
        if (!atOnce.isMissingNode() && (!atOnce.isInt() || atOnce.intValue() < 1 || atOnce.intValue() > MOST_ITEMS)) {
            step.problem("/" + name + "/maxConcurrent", "must be a whole number from 1 to " + MOST_ITEMS);
            return Optional.empty();
        }
        return Optional.of(new Parallel(items, atOnce.asInt(USUAL_AT_ONCE)));
    }
}

package ai.kubiya.server.drift;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;

/** What differs between two values, place by place. */
final class Difference {
    /** Whoever wants to see more looks at the plan. */
    private static final int MOST = 200;

    private final ArrayNode found = Json.array();

    private Difference() {}

    /** The places where two objects differ: {@code path}, {@code before}, {@code after}. */
    static ArrayNode between(JsonNode before, JsonNode after) {
        Difference difference = new Difference();
        difference.compare("", before, after);
        return difference.found;
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.equals(after) || found.size() == MOST) {
            return;
        }
        if (before instanceof ObjectNode one && after instanceof ObjectNode other) {
            Set<String> names = new LinkedHashSet<>();
            one.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(below(path, name), member(one, name), member(other, name)));
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                compare(path + "[" + i + "]", before.get(i), after.get(i));
            }
        } else {
            ObjectNode place = found.addObject().put("path", path);
            place.set("before", before);
            place.set("after", after);
        }
    }

    private static JsonNode member(ObjectNode object, String name) {
        return object.has(name) ? object.get(name) : NullNode.instance;
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}

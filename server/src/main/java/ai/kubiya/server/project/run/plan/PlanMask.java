package ai.kubiya.server.project.run.plan;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Hides what Terraform itself marks: sensitive values, and values that are not known yet. */
final class PlanMask {
    static final String SENSITIVE = "(sensitive value)";
    static final String UNKNOWN = "(known after apply)";

    private PlanMask() {}

    /**
     * Replaces values.
     *
     * @param marks {@code true} where a value is meant, or objects and arrays like those of the value with marks in them
     */
    static JsonNode replace(JsonNode value, JsonNode marks, String by) {
        if (marks.isBoolean()) {
            return marks.booleanValue() ? Json.MAPPER.getNodeFactory().textNode(by) : value;
        }
        if (marks instanceof ObjectNode fields) {
            // A value that is not known yet may be missing altogether.
            ObjectNode object = value instanceof ObjectNode there ? there.deepCopy() : Json.object();
            boolean[] changed = {value instanceof ObjectNode};
            fields.properties().forEach(field -> {
                if (isMarked(field.getValue())) {
                    object.set(field.getKey(), replace(object.path(field.getKey()), field.getValue(), by));
                    changed[0] = true;
                }
            });
            return changed[0] ? object : value;
        }
        if (marks instanceof ArrayNode elements && value instanceof ArrayNode there) {
            ArrayNode array = Json.array();
            for (int i = 0; i < Math.max(elements.size(), there.size()); i++) {
                array.add(i < elements.size() ? replace(there.path(i), elements.get(i), by) : there.get(i));
            }
            return array;
        }
        return value;
    }

    private static boolean isMarked(JsonNode marks) {
        if (marks.isBoolean()) {
            return marks.booleanValue();
        }
        for (JsonNode inner : marks) {
            if (isMarked(inner)) {
                return true;
            }
        }
        return false;
    }
}

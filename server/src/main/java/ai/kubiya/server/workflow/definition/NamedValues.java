package ai.kubiya.server.workflow.definition;

import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values with names, in the three ways in which clients write them. */
public final class NamedValues {
    private NamedValues() {}

    /** Reads an object, an array of objects and of texts like {@code NAME=value}, or a text of several of those. */
    public static Map<String, JsonNode> of(JsonNode json, String pointer, JsonFields fields) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        if (json.isObject()) {
            json.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        } else if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                JsonNode element = json.get(i);
                if (element.isObject()) {
                    element.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
                } else {
                    pair(element.asText(), pointer + "/" + i, fields, values);
                }
            }
        } else if (json.isTextual()) {
            for (String word : json.asText().strip().split("\\s+(?=[A-Za-z_][A-Za-z0-9_]*=)")) {
                if (!word.isEmpty()) {
                    pair(word, pointer, fields, values);
                }
            }
        } else {
            fields.problem(pointer, "must be an object of names and values, got " + JsonFields.kind(json));
        }
        return values;
    }

    private static void pair(String text, String pointer, JsonFields fields, Map<String, JsonNode> values) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            fields.problem(pointer, "must look like NAME=value, got \"" + text + "\"");
            return;
        }
        String value = text.substring(equals + 1).strip();
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        values.put(
                text.substring(0, equals).strip(),
                TextNode.valueOf(quoted ? value.substring(1, value.length() - 1) : value));
    }
}

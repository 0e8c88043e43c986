package ai.kubiya.server.agent.chat;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** JSON that PostgreSQL can store: jsonb has no place for the character NUL, which models and tools do print. */
public final class StoredJson {
    private static final char REPLACEMENT = '\uFFFD';

    private StoredJson() {}

    public static ObjectNode of(Object value) {
        ObjectNode json = Json.MAPPER.valueToTree(value);
        clean(json);
        return json;
    }

    public static boolean isStorable(JsonNode json) {
        if (json.isTextual()) {
            return json.textValue().indexOf('\0') < 0;
        }
        return json.valueStream().allMatch(StoredJson::isStorable)
                && json.propertyStream().allMatch(entry -> entry.getKey().indexOf('\0') < 0);
    }

    private static void clean(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                if (hasNul(entry.getValue())) {
                    entry.setValue(cleaned(entry.getValue()));
                } else {
                    clean(entry.getValue());
                }
            });
            // Arguments of tools are objects with names of the model's choice.
            if (object.properties().stream().anyMatch(entry -> entry.getKey().indexOf('\0') >= 0)) {
                ObjectNode copy = object.deepCopy();
                object.removeAll();
                copy.properties()
                        .forEach(entry -> object.set(entry.getKey().replace('\0', REPLACEMENT), entry.getValue()));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (hasNul(array.get(i))) {
                    array.set(i, cleaned(array.get(i)));
                } else {
                    clean(array.get(i));
                }
            }
        }
    }

    private static boolean hasNul(JsonNode node) {
        return node.isTextual() && node.textValue().indexOf('\0') >= 0;
    }

    private static TextNode cleaned(JsonNode text) {
        return TextNode.valueOf(text.textValue().replace('\0', REPLACEMENT));
    }
}

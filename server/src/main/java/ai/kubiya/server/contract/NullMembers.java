package ai.kubiya.server.contract;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code null} counts as absent. */
final class NullMembers {
    private NullMembers() {}

    /** The same without members of objects that are null, at every depth; the tree itself when it has none. */
    static JsonNode without(JsonNode tree) {
        return has(tree) ? copy(tree) : tree;
    }

    private static boolean has(JsonNode node) {
        for (JsonNode child : node) {
            if ((child.isNull() && node.isObject()) || (child.isContainerNode() && has(child))) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode copy(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = Json.object();
                object.properties().forEach(member -> {
                    if (!member.getValue().isNull()) {
                        copy.set(member.getKey(), copy(member.getValue()));
                    }
                });
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = Json.array();
                array.forEach(element -> copy.add(copy(element)));
                yield copy;
            }
            default -> node;
        };
    }
}

package ai.kubiya.server.project;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What a variable of a project is set to.
 *
 * @param value the value; the mask when it is sensitive; null when a secret has it
 * @param secret name of the organisation's secret that has the value, or null
 */
public record VariableValue(
        String name, @Nullable JsonNode value, @Nullable String secret, boolean sensitive) {
    /** Stands for a sensitive value in answers; sent back, it leaves the value as it is. */
    public static final String MASK = "********";

    VariableValue masked() {
        return new VariableValue(name, Json.MAPPER.getNodeFactory().textNode(MASK), null, true);
    }

    boolean isMask() {
        return value != null && value.isTextual() && value.textValue().equals(MASK);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object().put("name", name);
        if (secret == null) {
            json.set("value", value);
        } else {
            json.put("secret", secret);
        }
        return json.put("sensitive", sensitive);
    }
}

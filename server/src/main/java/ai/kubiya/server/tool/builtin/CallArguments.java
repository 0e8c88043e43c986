package ai.kubiya.server.tool.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;

/** Checked arguments of a call, defaults filled in. */
public record CallArguments(Map<String, JsonNode> values) {
    public CallArguments {
        values = Map.copyOf(values);
    }

    /** Empty when it was left out. */
    public String text(String name) {
        return values.getOrDefault(name, MissingNode.getInstance()).asText();
    }
}

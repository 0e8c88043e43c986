package ai.kubiya.server.agent.chat.loop;

import ai.kubiya.server.model.ModelTool;
import ai.kubiya.server.model.ToolRequest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks what a model passes to a tool, in sentences from which it can mend its call. */
final class ToolArguments {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ToolArguments() {}

    /** The arguments as JSON, or as the text that they are. */
    static JsonNode shown(ToolRequest call) {
        if (call.argumentsProblem() == null) {
            return parsed(call);
        }
        return JsonNodeFactory.instance.textNode(call.argumentsJson());
    }

    /** Null when the tool can be called like this. */
    static @Nullable String problem(TurnAgent agent, ToolRequest call) {
        ModelTool tool = agent.tool(call.name()).orElse(null);
        if (tool == null) {
            List<String> names = agent.tools().stream().map(ModelTool::name).toList();
            return names.isEmpty()
                    ? "There is no tool \"%s\"; there are no tools at all.".formatted(call.name())
                    : "There is no tool \"%s\"; the tools are: %s.".formatted(call.name(), String.join(", ", names));
        }
        String malformed = call.argumentsProblem();
        if (malformed != null) {
            return malformed + " Call the tool again with a JSON object.";
        }
        List<String> problems = problems(tool.parameters(), parsed(call));
        return problems.isEmpty() ? null : String.join(" ", problems);
    }

    private static JsonNode parsed(ToolRequest call) {
        try {
            return JSON.readTree(call.argumentsJson());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("checked before", e);
        }
    }

    private static List<String> problems(JsonNode schema, JsonNode arguments) {
        List<String> problems = new ArrayList<>();
        for (JsonNode name : schema.path("required")) {
            if (arguments.path(name.asText()).isMissingNode()
                    || arguments.path(name.asText()).isNull()) {
                problems.add("The argument \"%s\" is missing.".formatted(name.asText()));
            }
        }
        boolean closed = schema.path("additionalProperties").isBoolean()
                && !schema.path("additionalProperties").asBoolean();
        for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
            JsonNode property = schema.path("properties").path(argument.getKey());
            if (property.isMissingNode()) {
                if (closed) {
                    problems.add("There is no argument \"%s\".".formatted(argument.getKey()));
                }
            } else if (!argument.getValue().isNull() && !fits(property, argument.getValue())) {
                problems.add("The argument \"%s\" must be of type %s."
                        .formatted(argument.getKey(), property.path("type").asText()));
            }
        }
        return problems;
    }

    /** Numbers in quotes pass: models send them, and a tool gets its arguments as text anyway. */
    private static boolean fits(JsonNode property, JsonNode value) {
        return switch (property.path("type").asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isValueNode();
            case "integer" -> value.isValueNode() && value.asText().strip().matches("[+-]?\\d+(\\.0+)?");
            case "number" ->
                value.isValueNode() && value.asText().strip().matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
            case "boolean" -> value.isBoolean() || value.asText().strip().matches("(?i)true|false");
            default -> true;
        };
    }
}

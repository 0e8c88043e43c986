package ai.kubiya.runner.template;

import ai.kubiya.protocol.ToolArgument;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders with arguments given as JSON; their types are declared as their values show. */
final class Render {
    private Render() {}

    static final JsonMapper JSON = new JsonMapper();

    static String in(Language language, String content, String arguments) throws BadTemplate {
        try {
            Map<String, JsonNode> values = new LinkedHashMap<>();
            List<ToolArgument> declared = new ArrayList<>();
            for (Map.Entry<String, JsonNode> field : JSON.readTree(arguments).properties()) {
                values.put(field.getKey(), field.getValue());
                declared.add(new ToolArgument(field.getKey(), type(field.getValue())));
            }
            return TemplateRenderer.render(content, declared, values, language).text();
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> value.isIntegralNumber() ? "int" : "float";
            case BOOLEAN -> "bool";
            case ARRAY -> "array";
            case OBJECT -> "object";
            case STRING, NULL, MISSING, BINARY, POJO -> "string";
        };
    }

    /** One text argument named {@code v}. */
    static Rendered value(Language language, String content, String value) throws BadTemplate {
        return TemplateRenderer.render(
                content, List.of(new ToolArgument("v", "string")), Map.of("v", TextNode.valueOf(value)), language);
    }
}

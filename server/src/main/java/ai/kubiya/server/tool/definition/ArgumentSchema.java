package ai.kubiya.server.tool.definition;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Arguments as a JSON Schema. */
public final class ArgumentSchema {

    private ArgumentSchema() {}

    public static ObjectNode of(List<Argument> arguments) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        for (Argument argument : arguments) {
            ObjectNode property = properties.putObject(argument.name());
            property.put("type", schemaType(argument.type()));
            if (argument.type() == ArgumentType.ARRAY) {
                // Some model APIs refuse an array that says nothing of its items.
                property.putObject("items");
            }
            if (!argument.description().isEmpty()) {
                property.put("description", argument.description());
            }
            if (!argument.options().isEmpty()) {
                ArrayNode options = property.putArray("enum");
                argument.options().forEach(option -> options.add(option.deepCopy()));
            }
            if (argument.defaultValue() != null) {
                property.set("default", argument.defaultValue().deepCopy());
            }
            if (ArgumentCheck.mustBeSent(argument)) {
                required.add(argument.name());
            }
        }
        schema.set("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    private static String schemaType(ArgumentType type) {
        return switch (type) {
            case STRING, FILE -> "string";
            case INT -> "integer";
            case FLOAT -> "number";
            case BOOL -> "boolean";
            case OBJECT -> "object";
            case ARRAY -> "array";
        };
    }
}

package ai.kubiya.server.contract;

import ai.kubiya.server.http.FieldProblem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;

/**
 * A described parameter of the query.
 *
 * @param type as its schema says; lists of values are not checked here
 */
record QueryParameter(String name, boolean required, String type, ValueCheck check) {

    static QueryParameter of(ApiDescription description, JsonNode parameter) {
        JsonNode schema = parameter.path("schema");
        return new QueryParameter(
                parameter.path("name").asText(),
                parameter.path("required").asBoolean(),
                description.resolve(schema).path("type").asText(),
                new ValueCheck(() -> new RequestSchema(description, "GET").of(schema)));
    }

    /** An empty value counts as absent. */
    List<FieldProblem> problems(Map<String, List<String>> query) {
        List<String> values = query.getOrDefault(name, List.of());
        String text = values.isEmpty() ? "" : values.getFirst();
        if (text.isEmpty()) {
            return required ? List.of(new FieldProblem(name, "is required")) : List.of();
        }
        return check.problems(value(text)).stream()
                .map(problem -> new FieldProblem(name, withValue(problem.message(), text)))
                .toList();
    }

    private static String withValue(String message, String text) {
        String plain = message.replaceFirst(", got .*$", "");
        return plain + ", got \"" + text + "\"";
    }

    /** The value as the type has it; a text where it does not fit, which is then wrong. */
    private JsonNode value(String text) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (type) {
            case "boolean" ->
                switch (text) {
                    case "true", "1", "yes" -> nodes.booleanNode(true);
                    case "false", "0", "no" -> nodes.booleanNode(false);
                    default -> nodes.textNode(text);
                };
            case "integer" -> {
                try {
                    yield nodes.numberNode(Long.parseLong(text));
                } catch (NumberFormatException e) {
                    yield nodes.textNode(text);
                }
            }
            case "number" -> {
                try {
                    yield nodes.numberNode(Double.parseDouble(text));
                } catch (NumberFormatException e) {
                    yield nodes.textNode(text);
                }
            }
            case "array" -> nodes.arrayNode().add(text);
            default -> nodes.textNode(text);
        };
    }
}

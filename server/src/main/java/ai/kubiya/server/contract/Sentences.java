package ai.kubiya.server.contract;

import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Says what is wrong in the words that {@link JsonFields} has for the same mistake. */
final class Sentences {
    private static final String NOT_BLANK = "\\S";

    private Sentences() {}

    /**
     * One problem.
     *
     * @param root the schema that the error comes from, without references
     */
    static FieldProblem problem(Error error, JsonNode root) {
        String place = String.valueOf(error.getInstanceLocation());
        JsonNode schema = root.at(
                JsonPointer.compile(String.valueOf(error.getEvaluationPath())).head());
        String property = error.getProperty() == null ? "" : error.getProperty();
        return switch (error.getKeyword()) {
            case "required", "dependentRequired" -> new FieldProblem(place + "/" + property, "is required");
            case "additionalProperties", "unevaluatedProperties" ->
                new FieldProblem(
                        place + "/" + property, "is not a field of this request; the fields are " + fields(schema));
            case "type" ->
                place.isEmpty() && isOfParts(schema)
                        ? new FieldProblem("/", "the body must be " + expected(schema, "a JSON object"))
                        : new FieldProblem(place, type(schema, error.getInstanceNode()));
            default ->
                new FieldProblem(
                        place.isEmpty() ? "/" : place,
                        value(error, schema, error.getInstanceNode() == null ? root : error.getInstanceNode()));
        };
    }

    private static boolean isOfParts(JsonNode schema) {
        String type = schema.path("type").asText();
        return type.equals("object") || type.equals("array");
    }

    /** Those that a request may have. */
    private static String fields(JsonNode schema) {
        TreeSet<String> names = new TreeSet<>();
        schema.path("properties").properties().forEach(property -> {
            if (!property.getValue().path("readOnly").asBoolean()) {
                names.add(property.getKey());
            }
        });
        return String.join(", ", names);
    }

    private static String type(JsonNode schema, JsonNode value) {
        if (schema.path("type").asText().equals("integer") && hasRange(schema)) {
            return range(schema);
        }
        return "must be " + expected(schema, "an object") + ", got " + JsonFields.kind(value);
    }

    private static String expected(JsonNode schema, String object) {
        JsonNode type = schema.path("type");
        List<String> words = new ArrayList<>();
        (type.isArray() ? type : List.of(type)).forEach(name -> words.add(name.asText()));
        words.remove("null");
        return words.stream()
                .map(word -> switch (word) {
                    case "string" -> "a string";
                    case "boolean" -> "true or false";
                    case "integer" -> "a whole number";
                    case "number" -> "a number";
                    case "array" -> "an array";
                    case "object" -> object;
                    default -> word;
                })
                .collect(Collectors.joining(" or "));
    }

    private static boolean hasRange(JsonNode schema) {
        return schema.has("minimum") && schema.has("maximum");
    }

    private static String range(JsonNode schema) {
        String kind = schema.path("type").asText().equals("number") ? "a number" : "a whole number";
        return "must be " + kind + " from " + schema.path("minimum").asText() + " to "
                + schema.path("maximum").asText();
    }

    private static String value(Error error, JsonNode schema, JsonNode value) {
        String keyword = error.getKeyword();
        String limit = schema.path(keyword).asText();
        return switch (keyword) {
            case "minimum", "maximum" ->
                hasRange(schema)
                        ? range(schema)
                        : "must be at " + (keyword.equals("minimum") ? "least " : "most ") + limit + ", got " + value;
            case "exclusiveMinimum" -> "must be more than " + limit + ", got " + value;
            case "exclusiveMaximum" -> "must be less than " + limit + ", got " + value;
            case "multipleOf" -> "must be a multiple of " + limit + ", got " + value;
            case "enum" -> oneOf(schema.path("enum"), value);
            case "const" -> "must be " + limit + ", got " + shown(value);
            case "minLength" ->
                limit.equals("1")
                        ? "must not be empty"
                        : "must have at least " + limit + " characters, got "
                                + value.asText().length();
            case "maxLength" ->
                "must have at most " + limit + " characters, got "
                        + value.asText().length();
            case "pattern" -> limit.equals(NOT_BLANK) ? "must not be empty" : "must match the pattern " + limit;
            case "format" -> "must be " + format(limit) + ", got " + shown(value);
            case "minItems" -> "must have at least " + limit + " elements, got " + value.size();
            case "maxItems" -> "must have at most " + limit + " elements, got " + value.size();
            case "uniqueItems" -> "must not have an element twice";
            case "minProperties" -> "must have at least " + limit + " fields, got " + value.size();
            case "maxProperties" -> "must have at most " + limit + " fields, got " + value.size();
            default -> String.valueOf(error.getMessage());
        };
    }

    private static String oneOf(JsonNode values, JsonNode value) {
        String words = StreamSupport.stream(values.spliterator(), false)
                .filter(word -> !word.isNull())
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        return "must be " + (words.contains(",") ? "one of " : "") + words + ", got " + shown(value);
    }

    private static String format(String name) {
        return switch (name) {
            case "uuid" -> "a uuid";
            case "date-time" -> "a time like 2026-01-31T12:00:00Z";
            case "date" -> "a date like 2026-01-31";
            case "email" -> "an email address";
            case "uri" -> "a url";
            default -> "of the format " + name;
        };
    }

    /** Long values help nobody, and some are secret by mistake. */
    private static String shown(JsonNode value) {
        return value.isContainerNode() || value.asText().length() > 100 ? JsonFields.kind(value) : value.toString();
    }
}

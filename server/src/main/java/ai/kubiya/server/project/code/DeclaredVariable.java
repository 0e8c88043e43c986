package ai.kubiya.server.project.code;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A variable as the code declares it.
 *
 * @param type as written, such as {@code list(string)}; empty = any
 * @param otherwise its default; null when it has none, or one that is more than a literal
 * @param required whether a value must be given
 * @param options the values that a validation allows; empty = no such validation
 */
public record DeclaredVariable(
        String name,
        String type,
        String description,
        @Nullable JsonNode otherwise,
        boolean required,
        boolean sensitive,
        boolean nullable,
        List<JsonNode> options,
        List<Validation> validations) {

    public DeclaredVariable {
        options = List.copyOf(options);
        validations = List.copyOf(validations);
    }

    /**
     * A rule for the value.
     *
     * @param condition as written
     */
    public record Validation(String condition, String message) {}

    public ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("name", name)
                .put("type", type)
                .put("description", description)
                .put("required", required)
                .put("sensitive", sensitive)
                .put("nullable", nullable);
        json.set("default", otherwise);
        ArrayNode allowed = json.putArray("options");
        options.forEach(allowed::add);
        ArrayNode rules = json.putArray("validations");
        validations.forEach(
                rule -> rules.addObject().put("condition", rule.condition()).put("error_message", rule.message()));
        return json;
    }

    static DeclaredVariable of(JsonNode json) {
        JsonNode otherwise = json.path("default");
        List<JsonNode> options = new ArrayList<>();
        json.path("options").forEach(options::add);
        List<Validation> validations = new ArrayList<>();
        json.path("validations")
                .forEach(rule -> validations.add(new Validation(
                        rule.path("condition").asText(),
                        rule.path("error_message").asText())));
        return new DeclaredVariable(
                json.path("name").asText(),
                json.path("type").asText(),
                json.path("description").asText(),
                otherwise.isMissingNode() || otherwise.isNull() ? null : otherwise,
                json.path("required").asBoolean(),
                json.path("sensitive").asBoolean(),
                json.path("nullable").asBoolean(true),
                options,
                validations);
    }

    /** {@code string}, {@code number}, {@code bool}, {@code list}, {@code map} or {@code any}. */
    public String kind() {
        String word = type.replaceFirst("^optional\\(\\s*", "").replaceFirst("(?s)[^a-z].*$", "");
        return switch (word) {
            case "string", "number", "bool", "list", "map" -> word;
            case "set", "tuple" -> "list";
            case "object" -> "map";
            default -> "any";
        };
    }
}

package ai.kubiya.server.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * A tool call that a model asks for.
 *
 * @param argumentsJson exactly what the model wrote, which need not be JSON; see {@link #argumentsProblem()}
 */
public record ToolRequest(
        String id, String name, @JsonProperty("arguments") String argumentsJson) {
    private static final ObjectMapper STRICT =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public ToolRequest {
        // Models send nothing at all for a tool without arguments.
        argumentsJson = argumentsJson.isBlank() ? "{}" : argumentsJson;
    }

    /** Null when the arguments are a JSON object, otherwise a sentence that the model can learn from. */
    public @Nullable String argumentsProblem() {
        try {
            JsonNode node = STRICT.readTree(argumentsJson);
            return node.isObject() ? null : "The arguments must be a JSON object.";
        } catch (JsonProcessingException e) {
            return "The arguments are not valid JSON: %s.".formatted(e.getOriginalMessage());
        }
    }
}

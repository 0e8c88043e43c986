package ai.kubiya.server.tool.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An argument that a tool declares.
 *
 * @param defaultValue already of the declared type, or null for none
 * @param options the values allowed, of the declared type; empty allows any
 * @param optionsFrom where the options come from at run time: {@code {image, script}}, or null
 */
public record Argument(
        String name,
        ArgumentType type,
        String description,
        boolean required,
        @Nullable JsonNode defaultValue,
        List<JsonNode> options,
        @Nullable JsonNode optionsFrom) {

    public Argument {
        options = List.copyOf(options);
    }
}

package ai.kubiya.server.tool;

import ai.kubiya.server.tool.definition.ToolDefinition;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A saved tool.
 *
 * @param definition complete, its source included
 * @param sourceType {@code git}, {@code zip} or {@code inline}
 * @param version counts its changes
 */
public record Tool(
        UUID id,
        UUID sourceId,
        String sourceName,
        @Nullable String sourceUrl,
        String sourceType,
        ToolDefinition definition,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    public String name() {
        return definition.name();
    }
}

package ai.kubiya.server.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** A workflow that stands in a source. */
public record SourceWorkflow(UUID sourceId, String sourceName, ObjectNode definition) {
    public String name() {
        return definition.path("name").asText();
    }
}

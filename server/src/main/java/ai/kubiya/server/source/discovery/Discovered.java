package ai.kubiya.server.source.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** All that a folder holds, sorted by file and by the place in the file. Tool names are unique. */
public record Discovered(List<FoundTool> tools, List<JsonNode> workflows, List<DiscoveryError> errors) {

    public Discovered {
        tools = List.copyOf(tools);
        workflows = List.copyOf(workflows);
        errors = List.copyOf(errors);
    }
}

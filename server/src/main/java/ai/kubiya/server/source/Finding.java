package ai.kubiya.server.source;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.source.discovery.Discovered;
import ai.kubiya.server.source.discovery.FoundTool;
import ai.kubiya.server.tool.definition.ToolDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a place brought.
 *
 * @param branch null where there are none
 * @param commit null where there are none
 */
record Finding(
        List<ToolDefinition> tools,
        ArrayNode workflows,
        ArrayNode errors,
        @Nullable String branch,
        @Nullable String commit) {

    static Finding of(Discovered discovered, @Nullable String branch, @Nullable String commit) {
        ArrayNode workflows = Json.array();
        discovered.workflows().forEach(workflows::add);
        ArrayNode errors = Json.array();
        discovered
                .errors()
                .forEach(error -> errors.addObject()
                        .put("file", error.file())
                        .put("type", error.type())
                        .put("error", error.error())
                        .put("traceback", error.traceback()));
        return new Finding(
                discovered.tools().stream().map(FoundTool::definition).toList(), workflows, errors, branch, commit);
    }

    static Finding inline(SourceInput input) {
        return new Finding(input.definitions(), input.inlineWorkflows(), Json.array(), null, null);
    }
}

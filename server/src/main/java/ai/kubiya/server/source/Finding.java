package ai.kubiya.server.source;

import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.StorableJson;
import ai.kubiya.server.source.discovery.Discovered;
import ai.kubiya.server.source.discovery.FoundTool;
import ai.kubiya.server.tool.definition.ToolDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
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
        List<ToolDefinition> tools = new ArrayList<>();
        ArrayNode workflows = Json.array();
        ArrayNode errors = Json.array();
        discovered
                .errors()
                .forEach(error -> errors.addObject()
                        .put("file", StorableJson.cleaned(error.file()))
                        .put("type", error.type())
                        .put("error", StorableJson.cleaned(error.error()))
                        .put("traceback", StorableJson.cleaned(error.traceback())));
        for (FoundTool found : discovered.tools()) {
            if (isStorable(found.definition().toJson(Json.MAPPER), found.fileName(), errors)) {
                tools.add(found.definition());
            }
        }
        discovered.workflows().stream()
                .filter(workflow -> isStorable(workflow, "", errors))
                .forEach(workflows::add);
        return new Finding(List.copyOf(tools), workflows, errors, branch, commit);
    }

    /** Notes as an error of its file what no database takes; one such tool must not keep the others out. */
    private static boolean isStorable(JsonNode definition, String file, ArrayNode errors) {
        List<FieldProblem> problems = StorableJson.problems(definition);
        if (!problems.isEmpty()) {
            errors.addObject()
                    .put("file", StorableJson.cleaned(file))
                    .put("type", "InvalidTool")
                    .put(
                            "error",
                            problems.getFirst().field() + ": "
                                    + problems.getFirst().message())
                    .put("traceback", "");
        }
        return problems.isEmpty();
    }

    static Finding inline(SourceInput input) {
        return new Finding(input.definitions(), input.inlineWorkflows(), Json.array(), null, null);
    }
}

package ai.kubiya.server.source;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.runner.Runners;
import ai.kubiya.server.tool.definition.ParsedTool;
import ai.kubiya.server.tool.definition.ToolDefinition;
import ai.kubiya.server.tool.definition.ToolDefinitionParser;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a client says about a source, checked.
 *
 * @param name null = made from the url
 * @param inlineTools as sent, which {@link #definitions} are read from
 */
public record SourceInput(
        @Nullable String name,
        @Nullable String url,
        @Nullable String branch,
        String runner,
        ObjectNode dynamicConfig,
        ArrayNode inlineTools,
        List<ToolDefinition> definitions,
        ArrayNode inlineWorkflows,
        ObjectNode metadata,
        String managedBy,
        String taskId) {

    /** Fields of a source that only the server sets; clients send them back after reading them. */
    static final List<String> READ_ONLY = List.of(
            "id",
            "uuid",
            "type",
            "commit",
            "status",
            "tools",
            "workflows",
            "errors",
            "errors_count",
            "connected_agents_count",
            "connected_tools_count",
            "connected_workflows_count",
            "last_synced_at",
            "created_at",
            "updated_at",
            "kubiya_metadata",
            "source_meta",
            "agents");

    /**
     * Reads what was sent.
     *
     * @param runners knows the names of runners
     */
    static SourceInput of(ObjectNode body, boolean strict, Predicate<String> runners) {
        JsonFields fields = new JsonFields(body).ignore(READ_ONLY);
        Optional<String> name = fields.text("name", 200).filter(text -> !text.isBlank());
        Optional<String> url = fields.text("url", 2000).filter(text -> !text.isBlank());
        Optional<String> branch = fields.text("branch", 500).filter(text -> !text.isBlank());
        String runner = fields.text("runner", 200, "");
        if (!runners.test(runner)) {
            fields.problem("/runner", "there is no runner \"" + runner + "\"");
        }
        ObjectNode dynamicConfig = fields.object("dynamic_config");
        ArrayNode tools = Json.array();
        fields.elements("inline_tools").forEach(tools::add);
        ArrayNode workflows = Json.array();
        fields.elements("inline_workflows").forEach(workflows::add);
        ObjectNode metadata = fields.object("metadata");
        String managedBy = fields.text("managed_by", 200, "");
        String taskId = fields.text("task_id", 200, "");
        List<ToolDefinition> definitions = definitions(fields, tools);
        fields.check(strict);
        return new SourceInput(
                name.orElse(null),
                url.orElse(null),
                branch.orElse(null),
                runner.isEmpty() ? Runners.LOCAL : runner,
                dynamicConfig,
                tools,
                definitions,
                workflows,
                metadata,
                managedBy,
                taskId);
    }

    private static List<ToolDefinition> definitions(JsonFields fields, ArrayNode tools) {
        List<ToolDefinition> definitions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < tools.size(); i++) {
            String pointer = "/inline_tools/" + i;
            switch (ToolDefinitionParser.parse(tools.get(i))) {
                case ParsedTool.Valid(ToolDefinition definition) -> {
                    definitions.add(definition);
                    if (!names.add(definition.name())) {
                        fields.problem(pointer + "/name", "the name \"" + definition.name() + "\" stands here twice");
                    }
                }
                case ParsedTool.Invalid(var problems) ->
                    problems.forEach(problem -> fields.problem(pointer + problem.pointer(), problem.message()));
            }
        }
        return definitions;
    }

    /** What a source was made from, with another branch or configuration; null = as it is. */
    static SourceInput withChanges(Source source, @Nullable String branch, @Nullable ObjectNode dynamicConfig) {
        ObjectNode writable = SourceJson.writable(source);
        if (branch != null && !branch.isBlank()) {
            writable.put("branch", branch);
        }
        if (dynamicConfig != null) {
            writable.set("dynamic_config", dynamicConfig);
        }
        return SourceInput.of(writable, false, _ -> true);
    }
}

package ai.kubiya.server.agent;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.runner.Runners;
import ai.kubiya.server.secret.SecretValues;
import ai.kubiya.server.source.SourceService;
import ai.kubiya.server.tool.Tool;
import ai.kubiya.server.tool.ToolService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks that what an agent names is there. */
public final class AgentReferences {
    private final SourceService sources;
    private final ToolService tools;
    private final SecretValues secrets;
    private final Function<UUID, List<String>> models;

    /**
     * The checks.
     *
     * @param models names of the models that an organisation can use; empty when none is configured, and then any name is taken,
     *     because agents may be prepared before the model is
     */
    public AgentReferences(
            SourceService sources, ToolService tools, SecretValues secrets, Function<UUID, List<String>> models) {
        this.sources = sources;
        this.tools = tools;
        this.secrets = secrets;
        this.models = models;
    }

    void check(Caller caller, AgentDefinition definition, JsonFields fields) {
        checkSources(caller, definition.sources(), fields);
        checkTools(caller, definition.tools(), fields);
        each(definition.runners(), "runners", fields, name -> Runners.find(name).isPresent(), "there is no runner");
        each(definition.secrets(), "secrets", fields, name -> secrets.find(name).isPresent(), "there is no secret");
        List<String> known = models.apply(caller.organizationId());
        if (!definition.model().isEmpty() && !known.isEmpty() && !known.contains(definition.model())) {
            fields.problem(
                    "/llm_model",
                    "there is no model \"" + definition.model() + "\"; the models are " + String.join(", ", known));
        }
    }

    private void checkSources(Caller caller, List<String> ids, JsonFields fields) {
        List<UUID> wanted =
                ids.stream().map(Uuids::parse).flatMap(Optional::stream).toList();
        List<String> missing = new ArrayList<>(
                sources.missing(caller, wanted).stream().map(UUID::toString).toList());
        ids.stream().filter(id -> Uuids.parse(id).isEmpty()).forEach(missing::add);
        each(ids, "sources", fields, id -> !missing.contains(id), "there is no source");
    }

    private void checkTools(Caller caller, List<String> names, JsonFields fields) {
        Set<String> known = tools.findFor(caller.organizationId(), List.of(), names).stream()
                .map(Tool::name)
                .collect(Collectors.toSet());
        each(names, "tools", fields, known::contains, "there is no tool");
    }

    private interface Known {
        boolean test(String name);
    }

    private static void each(List<String> names, String field, JsonFields fields, Known known, String otherwise) {
        for (int i = 0; i < names.size(); i++) {
            if (!known.test(names.get(i))) {
                fields.problem("/" + field + "/" + i, otherwise + " \"" + names.get(i) + "\"");
            }
        }
    }
}

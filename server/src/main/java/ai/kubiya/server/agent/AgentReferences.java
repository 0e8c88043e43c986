package ai.kubiya.server.agent;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.runner.Runners;
import ai.kubiya.server.secret.Secrets;
import ai.kubiya.server.source.SourceService;
import ai.kubiya.server.tool.Tool;
import ai.kubiya.server.tool.ToolService;
import ai.kubiya.server.tool.builtin.BuiltInTools;
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
    private final BuiltInTools builtIns;
    private final Secrets secrets;
    private final Runners runners;
    private final Function<UUID, List<String>> models;

    /**
     * The checks.
     *
     * @param models names of the models that an organisation can use; empty when none is configured, and then any name is taken,
     *     because agents may be prepared before the model is
     */
    public AgentReferences(
            SourceService sources,
            ToolService tools,
            BuiltInTools builtIns,
            Secrets secrets,
            Runners runners,
            Function<UUID, List<String>> models) {
        this.sources = sources;
        this.tools = tools;
        this.builtIns = builtIns;
        this.secrets = secrets;
        this.runners = runners;
        this.models = models;
    }

    /**
     * Notes every reference to nothing.
     *
     * @param kept what the agent referred to before: what has gone since does not stand in the way of other changes
     */
    void check(Caller caller, AgentDefinition definition, Set<String> kept, JsonFields fields) {
        checkSources(caller, definition.sources(), kept, fields);
        Set<String> toolNames = tools.findFor(caller.organizationId(), List.of(), definition.tools()).stream()
                .map(Tool::name)
                .collect(Collectors.toSet());
        builtIns.named(definition.tools()).forEach(tool -> toolNames.add(tool.name()));
        each(definition.tools(), "tools", fields, kept, toolNames::contains);
        each(definition.runners(), "runners", fields, kept, name -> runners.knows(caller, name));
        List<String> missing = secrets.missing(caller.organizationId(), definition.secrets());
        each(definition.secrets(), "secrets", fields, kept, name -> !missing.contains(name));
        List<String> known = models.apply(caller.organizationId());
        String model = definition.model();
        if (!model.isEmpty() && !known.isEmpty() && !known.contains(model) && !kept.contains(model)) {
            fields.problem(
                    "/llm_model",
                    "there is no model \"" + definition.model() + "\"; the models are " + String.join(", ", known));
        }
    }

    private void checkSources(Caller caller, List<String> ids, Set<String> kept, JsonFields fields) {
        List<UUID> wanted =
                ids.stream().map(Uuids::parse).flatMap(Optional::stream).toList();
        List<String> missing = new ArrayList<>(
                sources.missing(caller, wanted).stream().map(UUID::toString).toList());
        ids.stream().filter(id -> Uuids.parse(id).isEmpty()).forEach(missing::add);
        each(ids, "sources", fields, kept, id -> !missing.contains(id));
    }

    private interface Known {
        boolean test(String name);
    }

    private static void each(List<String> names, String field, JsonFields fields, Set<String> kept, Known known) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!kept.contains(name) && !known.test(name)) {
                String what = field.replaceFirst("^allowed_", "").replaceFirst("s$", "");
                fields.problem("/" + field + "/" + i, "there is no " + what + " \"" + name + "\"");
            }
        }
    }
}

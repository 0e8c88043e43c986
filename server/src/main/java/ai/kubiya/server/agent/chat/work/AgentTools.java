package ai.kubiya.server.agent.chat.work;

import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.execution.NewExecution;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.model.ModelTool;
import ai.kubiya.server.tool.ModelName;
import ai.kubiya.server.tool.Tool;
import ai.kubiya.server.tool.ToolService;
import ai.kubiya.server.tool.builtin.BuiltInTool;
import ai.kubiya.server.tool.definition.ToolDefinition;
import ai.kubiya.server.tool.run.SecretGrant;
import ai.kubiya.server.tool.run.ToolCall;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tools of an agent under the names that its model knows them by. */
public final class AgentTools {
    private final Map<String, Tool> byName = new LinkedHashMap<>();
    private final Map<String, BuiltInTool> builtIn = new LinkedHashMap<>();

    private AgentTools() {}

    /**
     * The tools of an agent.
     *
     * @param builtIn those that the agent lists; tools elsewhere that call themselves the same are not meant
     * @param found tools of the agent's sources, and tools anywhere of the names that it lists
     */
    static AgentTools of(Agent agent, List<BuiltInTool> builtIn, List<Tool> found) {
        Set<String> taken = builtIn.stream().map(BuiltInTool::name).collect(Collectors.toSet());
        AgentTools tools = new AgentTools();
        builtIn.forEach(tool -> tools.builtIn.put(tool.name(), tool));
        tools.add(usable(agent, found, taken));
        return tools;
    }

    /** Those of the agent's sources, and those anywhere of the names that it lists. */
    public static AgentTools of(Agent agent, List<BuiltInTool> builtIn, ToolService tools) {
        List<UUID> sources = agent.definition().sources().stream()
                .map(Uuids::parse)
                .flatMap(Optional::stream)
                .toList();
        return of(
                agent,
                builtIn,
                tools.findFor(
                        agent.organizationId(), sources, agent.definition().tools()));
    }

    private void add(List<Tool> usable) {
        Map<String, Long> count = usable.stream()
                .collect(Collectors.groupingBy(tool -> ModelName.plain(tool.name()), Collectors.counting()));
        for (Tool tool : usable) {
            String name = ModelName.plain(tool.name());
            if (count.getOrDefault(name, 0L) > 1) {
                name = ModelName.ofSource(tool.name(), tool.sourceName());
            }
            byName.put(free(name), tool);
        }
    }

    /** A tool that is named stands for the one in the agent's own sources before those elsewhere. */
    private static List<Tool> usable(Agent agent, List<Tool> found, Set<String> taken) {
        List<String> sources = agent.definition().sources();
        Set<String> own = found.stream()
                .filter(tool -> sources.contains(tool.sourceId().toString()))
                .map(Tool::name)
                .collect(Collectors.toSet());
        own.addAll(taken);
        return found.stream()
                .filter(tool -> sources.contains(tool.sourceId().toString()) || !own.contains(tool.name()))
                .toList();
    }

    private String free(String name) {
        String candidate = name;
        for (int i = 2; byName.containsKey(candidate) || builtIn.containsKey(candidate); i++) {
            candidate = ModelName.numbered(name, i);
        }
        return candidate;
    }

    public List<ModelTool> forModel() {
        List<ModelTool> tools = new ArrayList<>();
        builtIn.values().forEach(tool -> tools.add(tool.forModel()));
        byName.forEach((name, tool) -> tools.add(forModel(name, tool)));
        return tools;
    }

    /** A tool under a name that a model knows it by. */
    public static ModelTool forModel(String name, Tool tool) {
        ToolDefinition definition = tool.definition();
        String description = name.contains("__") && !definition.name().equals(name)
                ? definition.description() + " (from " + tool.sourceName() + ")"
                : definition.description();
        return new ModelTool(name, description, definition.toJsonSchema());
    }

    public Optional<BuiltInTool> findBuiltIn(String nameForModel) {
        return Optional.ofNullable(builtIn.get(nameForModel));
    }

    public Optional<Tool> find(String nameForModel) {
        return Optional.ofNullable(byName.get(nameForModel));
    }

    public static SecretGrant.ForAgent grant(Agent agent) {
        return new SecretGrant.ForAgent(
                agent.id(),
                agent.name(),
                agent.definition().tags(),
                agent.definition().secrets());
    }

    /** A call as this agent makes it: on its runner, with what it has, asking those whom it names. */
    public static ToolCall call(
            Agent agent, Tool tool, JsonNode arguments, @Nullable UUID session, NewExecution.Cause cause) {
        List<String> runners = agent.definition().runners();
        return new ToolCall(
                tool.definition(),
                tool,
                arguments,
                runners.isEmpty() ? "" : runners.getFirst(),
                grant(agent),
                agent.definition().environment(),
                null,
                session,
                agent.definition().approvalsOf(tool.definition().name()),
                cause);
    }
}

package ai.kubiya.server.mcp;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.agent.chat.work.AgentTools;
import ai.kubiya.server.execution.NewExecution.Cause;
import ai.kubiya.server.model.ModelTool;
import ai.kubiya.server.tool.builtin.BuiltInCalls;
import ai.kubiya.server.tool.builtin.BuiltInTool;
import ai.kubiya.server.tool.run.ToolRuns;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tools of an agent, called as it calls them. */
final class AgentToolbox implements Toolbox {
    private final Caller caller;
    private final Agent agent;
    private final AgentTools tools;
    private final ToolRuns runs;
    private final BuiltInCalls builtIns;

    AgentToolbox(Caller caller, Agent agent, AgentTools tools, ToolRuns runs, BuiltInCalls builtIns) {
        this.caller = caller;
        this.agent = agent;
        this.tools = tools;
        this.runs = runs;
        this.builtIns = builtIns;
    }

    /** A cursor is the name of the last tool of the page before. */
    @Override
    public Listed list(@Nullable String cursor) throws McpError {
        List<ModelTool> all = tools.forModel();
        int from = 0;
        if (cursor != null) {
            List<String> names = all.stream().map(ModelTool::name).toList();
            from = names.indexOf(cursor) + 1;
            if (from == 0) {
                throw McpError.answered(
                        McpError.INVALID_PARAMS, "The tools have changed since this cursor was given: list them anew.");
            }
        }
        int to = Math.min(all.size(), from + PAGE);
        return new Listed(
                all.subList(from, to), to < all.size() ? all.get(to - 1).name() : null);
    }

    @Override
    public Optional<Offered> find(String name) {
        Optional<BuiltInTool> builtIn = tools.findBuiltIn(name);
        if (builtIn.isPresent()) {
            return Optional.of(arguments -> builtIns.checked(
                    caller,
                    builtIn.get(),
                    arguments,
                    AgentTools.grant(agent),
                    agent.definition().approvalsOf(name),
                    null,
                    Cause.REQUEST));
        }
        return tools.find(name)
                .map(tool -> arguments ->
                        runs.checked(caller, AgentTools.call(agent, tool, arguments, null, Cause.REQUEST)));
    }

    @Override
    public String owner() {
        String description = agent.definition().description();
        return "of the agent \"" + agent.name() + "\"" + (description.isBlank() ? "" : " (" + description + ")");
    }
}

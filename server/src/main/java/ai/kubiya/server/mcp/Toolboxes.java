package ai.kubiya.server.mcp;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.agent.AgentService;
import ai.kubiya.server.agent.chat.AgentAccess;
import ai.kubiya.server.agent.chat.work.AgentTools;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.tool.ToolService;
import ai.kubiya.server.tool.builtin.BuiltInCalls;
import ai.kubiya.server.tool.builtin.BuiltInTools;
import ai.kubiya.server.tool.run.ToolRuns;

/** Finds what a caller is offered. */
public final class Toolboxes {
    private final ToolService tools;
    private final AgentService agents;
    private final ToolRuns runs;
    private final BuiltInTools builtIns;
    private final BuiltInCalls builtInCalls;

    public Toolboxes(
            ToolService tools, AgentService agents, ToolRuns runs, BuiltInTools builtIns, BuiltInCalls builtInCalls) {
        this.tools = tools;
        this.agents = agents;
        this.runs = runs;
        this.builtIns = builtIns;
        this.builtInCalls = builtInCalls;
    }

    /** All of the caller's organisation. */
    Toolbox ofOrganization(Caller caller) {
        return new OrganizationToolbox(caller, tools, runs, builtIns, builtInCalls);
    }

    /**
     * Those of an agent.
     *
     * @throws ApiException 404 when there is none, 403 when it does not talk to the caller
     */
    Toolbox ofAgent(Caller caller, String idOrName) {
        Agent agent = agents.get(caller, idOrName);
        if (!AgentAccess.allows(agent, caller)) {
            throw ApiException.of(ErrorCode.ACCESS_DENIED, AgentAccess.refusal(agent, caller));
        }
        AgentTools its = AgentTools.of(agent, builtIns.named(agent.definition().tools()), tools);
        return new AgentToolbox(caller, agent, its, runs, builtInCalls);
    }
}

package ai.kubiya.server.mcp;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.agent.AgentService;
import ai.kubiya.server.agent.chat.AgentAccess;
import ai.kubiya.server.agent.chat.work.AgentTools;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.tool.Tool;
import ai.kubiya.server.tool.ToolService;
import ai.kubiya.server.tool.definition.ToolType;
import java.util.List;

/** Finds what a caller is offered. */
public final class Toolboxes {
    private final ToolService tools;
    private final AgentService agents;

    public Toolboxes(ToolService tools, AgentService agents) {
        this.tools = tools;
        this.agents = agents;
    }

    /** All tools of the caller's organisation that can be run. */
    Toolbox ofOrganization(Caller caller) {
        return new Toolbox(
                AgentTools.of(tools.list(caller, null, null, Page.Range.ALL).rows().stream()
                        .filter(Toolboxes::canRun)
                        .toList()),
                null);
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
        return new Toolbox(AgentTools.of(agent, List.of(), tools), agent);
    }

    private static boolean canRun(Tool tool) {
        return tool.definition().type() != ToolType.MCP && tool.definition().workflow() == null;
    }
}

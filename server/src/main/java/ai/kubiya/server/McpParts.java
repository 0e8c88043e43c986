package ai.kubiya.server;

import ai.kubiya.server.agent.AgentService;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.mcp.McpRoutes;
import ai.kubiya.server.mcp.Toolboxes;
import ai.kubiya.server.tool.ToolService;
import ai.kubiya.server.tool.builtin.BuiltInCalls;
import ai.kubiya.server.tool.builtin.BuiltInTools;
import ai.kubiya.server.tool.run.ToolRuns;
import java.util.function.Supplier;

/** Tools for clients of the Model Context Protocol. */
final class McpParts {
    private McpParts() {}

    static Routes routes(
            Foundation foundation,
            ToolService tools,
            AgentService agents,
            ToolRuns runs,
            BuiltInTools builtIns,
            BuiltInCalls builtInCalls,
            ExecutionService executions,
            Supplier<String> publicUrl) {
        return new McpRoutes(
                new Toolboxes(tools, agents, runs, builtIns, builtInCalls),
                runs,
                executions,
                foundation.database,
                foundation.bell,
                publicUrl,
                Server.version());
    }
}

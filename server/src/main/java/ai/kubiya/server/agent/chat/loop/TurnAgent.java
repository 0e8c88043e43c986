package ai.kubiya.server.agent.chat.loop;

import ai.kubiya.server.model.ModelTool;
import java.util.List;
import java.util.Optional;

/**
 * Who takes the turn.
 *
 * @param instructions pieces of the system prompt, in order: the agent's own, knowledge that was found, …
 * @param tools what it may call
 */
public record TurnAgent(List<String> instructions, List<ModelTool> tools, TurnLimits limits) {
    public TurnAgent {
        instructions = List.copyOf(instructions);
        tools = List.copyOf(tools);
    }

    Optional<ModelTool> tool(String name) {
        return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }
}

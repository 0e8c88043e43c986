package ai.kubiya.server.tool.run;

import ai.kubiya.server.approval.ApprovalRule;
import ai.kubiya.server.execution.NewExecution.Cause;
import ai.kubiya.server.tool.Tool;
import ai.kubiya.server.tool.definition.ToolDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool, not yet checked.
 *
 * @param saved the tool whose definition it is; null = a definition that came with the call
 * @param arguments as sent
 * @param secrets which of the secrets that the tool names it may have
 * @param environment variables that the caller may set, such as an agent's; the tool gets those that it names
 * @param timeoutSeconds null = the tool's or the server's own
 * @param sessionId the conversation that it belongs to, if any
 * @param approvals who has to agree besides those whom the tool itself names
 * @param cause what calls it
 */
public record ToolCall(
        ToolDefinition definition,
        @Nullable Tool saved,
        @Nullable JsonNode arguments,
        String runner,
        SecretGrant secrets,
        Map<String, String> environment,
        @Nullable Long timeoutSeconds,
        @Nullable UUID sessionId,
        List<ApprovalRule> approvals,
        Cause cause) {
    public ToolCall {
        approvals = List.copyOf(approvals);
    }
}

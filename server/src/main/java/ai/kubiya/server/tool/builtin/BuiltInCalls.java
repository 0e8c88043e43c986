package ai.kubiya.server.tool.builtin;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.StoredCaller;
import ai.kubiya.server.approval.ApprovalRule;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.NewExecution;
import ai.kubiya.server.execution.NewExecution.Cause;
import ai.kubiya.server.http.ApiCalls;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.policy.Policies;
import ai.kubiya.server.policy.PolicyPoint;
import ai.kubiya.server.tool.run.CheckedRun;
import ai.kubiya.server.tool.run.SecretGrant;
import ai.kubiya.server.tool.run.ToolPolicyInput;
import ai.kubiya.server.tool.run.ToolRuns;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks calls of built-in tools before they are queued. */
public final class BuiltInCalls {
    private final Policies policies;
    private final ApiCalls api;

    public BuiltInCalls(Policies policies, ApiCalls api) {
        this.policies = policies;
        this.api = api;
    }

    /**
     * Checks a call.
     *
     * @param agent that calls it; null = the caller does
     * @param approvals who has to agree, as the agent says; nobody named = administrators, where the tool itself wants it
     * @throws ToolFailed when it would fail anyhow
     * @throws ai.kubiya.server.http.ApiException 400 about arguments, 403 when a policy refuses it
     */
    public CheckedRun checked(
            Caller caller,
            BuiltInTool tool,
            JsonNode sent,
            SecretGrant.@Nullable ForAgent agent,
            List<ApprovalRule> approvals,
            @Nullable UUID session,
            Cause cause)
            throws ToolFailed, InterruptedException {
        Map<String, JsonNode> arguments = ToolRuns.arguments(tool.args(), sent);
        policies.check(
                caller,
                PolicyPoint.TOOL_EXECUTION,
                () -> ToolPolicyInput.builtIn(tool.name(), agent, session, arguments));
        ObjectNode spec = Json.object();
        spec.set("arguments", Json.MAPPER.valueToTree(arguments));
        spec.set("caller", StoredCaller.toJson(caller));
        NewExecution execution =
                new NewExecution(Kind.TOOL, tool.name(), BuiltInWork.QUEUE, null, spec, session, cause);
        Optional<String> wanted = tool.guard().toBeApproved(new PlatformApi(api, caller), new CallArguments(arguments));
        ObjectNode details = Json.object();
        details.set("arguments", spec.path("arguments"));
        wanted.ifPresent(what -> details.put("summary", what));
        List<ApprovalRule> rules = approvals.isEmpty() && wanted.isPresent()
                ? List.of(ApprovalRule.byAdministrators(
                        wanted.get().lines().findFirst().orElse("")))
                : approvals;
        return new CheckedRun(execution, rules, details);
    }
}

package ai.kubiya.server.tool.run;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.approval.ApprovalRule;
import ai.kubiya.server.approval.ApprovalSubject;
import ai.kubiya.server.approval.Approvals;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.NewExecution;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.policy.Policies;
import ai.kubiya.server.policy.PolicyPoint;
import ai.kubiya.server.runner.Runners;
import ai.kubiya.server.secret.Secrets;
import ai.kubiya.server.tool.definition.Argument;
import ai.kubiya.server.tool.definition.ArgumentCheck;
import ai.kubiya.server.tool.definition.CheckedArguments;
import ai.kubiya.server.tool.definition.ToolDefinition;
import ai.kubiya.server.tool.definition.ToolType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks calls of tools and queues them. */
public final class ToolRuns {
    private final Database database;
    private final ExecutionService executions;
    private final ToolRunFactory factory;
    private final Secrets secrets;
    private final Runners runners;
    private final Policies policies;
    private final Approvals approvals;

    public ToolRuns(
            Database database,
            ExecutionService executions,
            ToolRunFactory factory,
            Secrets secrets,
            Runners runners,
            Policies policies,
            Approvals approvals) {
        this.database = database;
        this.executions = executions;
        this.factory = factory;
        this.secrets = secrets;
        this.runners = runners;
        this.policies = policies;
        this.approvals = approvals;
    }

    /**
     * Queues a run.
     *
     * @throws ApiException 400 when an argument, the runner or a secret is wrong or missing, 403 when a policy refuses it or
     *     the tool may not have a secret that it names
     */
    public Execution start(Caller caller, ToolCall call) {
        return start(caller, checked(caller, call));
    }

    /** Queues what was checked. */
    public Execution start(Caller caller, CheckedRun run) {
        Execution execution = database.inTransaction(transaction -> start(transaction, caller, run));
        executions.started(execution);
        return execution;
    }

    /** As {@link #start} within a transaction; {@link ExecutionService#started} must follow it. */
    public Execution start(Transaction transaction, Caller caller, CheckedRun run) {
        if (run.approvals().isEmpty()) {
            return executions.start(transaction, caller, run.execution());
        }
        Execution execution =
                executions.start(transaction, caller, run.execution().waiting());
        approvals.request(
                transaction,
                caller,
                execution,
                new ApprovalSubject("tool", execution.subject(), run.details()),
                run.approvals());
        return execution;
    }

    /** Checks without queueing. */
    public CheckedRun checked(Caller caller, ToolCall call) {
        Runners.Chosen runner = runners.choose(caller, call.runner(), "runner");
        if (call.definition().type() == ToolType.MCP || call.definition().workflow() != null) {
            throw ApiException.invalid(
                    "tool_name", "the tool \"" + call.definition().name() + "\" is of a kind that cannot be run yet");
        }
        Map<String, JsonNode> arguments = arguments(call.definition().args(), call.arguments());
        policies.check(caller, PolicyPoint.TOOL_EXECUTION, () -> ToolPolicyInput.of(call, runner.name(), arguments));
        checkSecrets(caller, call);
        NewExecution execution = new NewExecution(
                Kind.TOOL,
                call.definition().name(),
                runner.name(),
                runner.wanted(),
                factory.spec(call, arguments),
                call.sessionId(),
                call.cause());
        List<ApprovalRule> rules = new ArrayList<>(call.approvals());
        ownRule(call.definition()).ifPresent(rules::add);
        ObjectNode details = Json.object().put("runner", runner.name());
        details.set("arguments", execution.spec().path("arguments"));
        return new CheckedRun(execution, rules, details);
    }

    /**
     * Arguments as a tool that declares them gets them.
     *
     * @throws ApiException 400 about each that is wrong
     */
    public static Map<String, JsonNode> arguments(List<Argument> declared, @Nullable JsonNode sent) {
        return switch (ArgumentCheck.check(declared, sent)) {
            case CheckedArguments.Accepted(var values) -> values;
            case CheckedArguments.Refused(var problems) ->
                throw ApiException.invalid(problems.stream()
                        .map(problem -> new FieldProblem(problem.pointer(), problem.message()))
                        .toList());
        };
    }

    /** A tool asks for approvals in its definition or, where its author can write nothing else, in its metadata. */
    private static Optional<ApprovalRule> ownRule(ToolDefinition definition) {
        return ApprovalRule.stored(definition.extra().path(ApprovalRule.FIELD))
                .or(() -> ApprovalRule.stored(definition.metadata().path(ApprovalRule.FIELD)));
    }

    private void checkSecrets(Caller caller, ToolCall call) {
        List<String> named = call.definition().secrets();
        String tool = call.definition().name();
        switch (call.secrets()) {
            case SecretGrant.SavedTool() -> {}
            case SecretGrant.CallersTool(), SecretGrant.WorkflowStep() -> {
                if (!named.isEmpty() && !caller.may(Scope.SECRETS_READ)) {
                    throw denied("A tool_def that names secrets (" + String.join(", ", named)
                            + ") shows them to its author, so your key needs the scope secrets:read. Call a saved tool,"
                            + " or use a key with that scope.");
                }
            }
            case SecretGrant.ForAgent agent -> {
                List<String> withheld = named.stream()
                        .filter(name -> !agent.secrets().contains(name))
                        .toList();
                if (!withheld.isEmpty()) {
                    throw denied("The tool \"" + tool + "\" needs the secret \"" + String.join("\" and \"", withheld)
                            + "\", which the agent \"" + agent.agent()
                            + "\" does not list in its secrets. It was not run;"
                            + " somebody who may change the agent can add it.");
                }
            }
        }
        List<String> missing = secrets.missing(caller.organizationId(), named);
        if (!missing.isEmpty()) {
            throw ApiException.invalid(
                    "tool_name",
                    "the tool needs the secret \"" + missing.getFirst()
                            + "\", which does not exist; create it with POST" + " /v1/secrets");
        }
    }

    private static ApiException denied(String details) {
        return ApiException.of(ErrorCode.ACCESS_DENIED, details);
    }
}

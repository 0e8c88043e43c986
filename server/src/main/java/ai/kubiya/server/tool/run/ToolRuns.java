package ai.kubiya.server.tool.run;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.NewExecution;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.runner.Runners;
import ai.kubiya.server.secret.SecretValues;
import ai.kubiya.server.tool.definition.ArgumentCheck;
import ai.kubiya.server.tool.definition.CheckedArguments;
import ai.kubiya.server.tool.definition.ToolType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Checks calls of tools and queues them. */
public final class ToolRuns {
    private final ExecutionService executions;
    private final ToolRunFactory factory;
    private final SecretValues secrets;

    public ToolRuns(ExecutionService executions, ToolRunFactory factory, SecretValues secrets) {
        this.executions = executions;
        this.factory = factory;
        this.secrets = secrets;
    }

    /**
     * Queues a run.
     *
     * @throws ApiException 400 when an argument, the runner or a secret is wrong or missing
     */
    public Execution start(Caller caller, ToolCall call) {
        return executions.start(caller, checked(call));
    }

    /** As {@link #start} within a transaction; {@link ExecutionService#started} must follow it. */
    public Execution start(Transaction transaction, Caller caller, ToolCall call) {
        return executions.start(transaction, caller, checked(call));
    }

    /** Checks without queueing. */
    public NewExecution checked(ToolCall call) {
        String runner = Runners.require(call.runner(), "runner");
        if (call.definition().type() == ToolType.MCP || call.definition().workflow() != null) {
            throw ApiException.invalid(
                    "tool_name", "the tool \"" + call.definition().name() + "\" is of a kind that cannot be run yet");
        }
        Map<String, JsonNode> arguments =
                switch (ArgumentCheck.check(call.definition().args(), call.arguments())) {
                    case CheckedArguments.Accepted(var values) -> values;
                    case CheckedArguments.Refused(var problems) ->
                        throw ApiException.invalid(problems.stream()
                                .map(problem -> new FieldProblem(problem.pointer(), problem.message()))
                                .toList());
                };
        for (String secret : call.definition().secrets()) {
            if (secrets.find(secret).isEmpty()) {
                throw ApiException.invalid(
                        "tool_name",
                        "the tool needs the secret \"" + secret + "\", which is not set; the operator sets it with "
                                + SecretValues.variable(secret));
            }
        }
        return new NewExecution(
                Kind.TOOL, call.definition().name(), runner, factory.spec(call, arguments), call.sessionId());
    }
}

package ai.kubiya.server.workflow.step;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.access.StoredCaller;
import ai.kubiya.server.agent.chat.NewTurn;
import ai.kubiya.server.agent.chat.SessionService;
import ai.kubiya.server.approval.ApprovalSubject;
import ai.kubiya.server.approval.Approvals;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.NewExecution;
import ai.kubiya.server.execution.NewExecution.Cause;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.tool.Tool;
import ai.kubiya.server.tool.ToolService;
import ai.kubiya.server.tool.definition.ToolDefinition;
import ai.kubiya.server.tool.run.CheckedRun;
import ai.kubiya.server.tool.run.SecretGrant;
import ai.kubiya.server.tool.run.ToolCall;
import ai.kubiya.server.tool.run.ToolRuns;
import ai.kubiya.server.workflow.definition.NamedValues;
import ai.kubiya.server.workflow.definition.Step;
import ai.kubiya.server.workflow.definition.StepType;
import ai.kubiya.server.workflow.definition.Workflow;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes executions of steps. */
public final class StepTargets {
    private final ToolService tools;
    private final ToolRuns runs;
    private final SessionService sessions;
    private final ExecutionService executions;
    private final Approvals approvals;

    public StepTargets(
            ToolService tools,
            ToolRuns runs,
            SessionService sessions,
            ExecutionService executions,
            Approvals approvals) {
        this.tools = tools;
        this.runs = runs;
        this.sessions = sessions;
        this.executions = executions;
        this.approvals = approvals;
    }

    /**
     * Refuses a workflow whose steps do what its caller may not.
     *
     * @throws ApiException 403 naming the first such step
     */
    public static void requireScopes(Caller caller, Workflow workflow) {
        for (Step step : workflow.steps()) {
            Scope needed = switch (step.type()) {
                case COMMAND, DOCKER, JQ, TOOL, AGENT -> Scope.TOOLS_EXECUTE;
                case KUBIYA, HTTP, WORKFLOW -> Scope.WORKFLOWS_MANAGE;
            };
            if (!caller.may(needed)) {
                throw ApiException.of(
                        ErrorCode.ACCESS_DENIED,
                        "The step \"" + step.name() + "\" needs a key with the scope " + needed.wireName() + ".");
            }
        }
    }

    /**
     * Looks whether an attempt of a step can be begun.
     *
     * @throws ApiException with the reason why not
     */
    public StepStart prepare(RunContext run, Step step, Variables variables, NestedWorkflows nested) {
        return switch (step.type()) {
            case COMMAND, DOCKER, JQ -> command(run, step, variables);
            case TOOL -> tool(run, step, variables);
            case AGENT -> agent(run, step, variables);
            case HTTP, KUBIYA -> request(run, step, variables);
            case WORKFLOW -> workflow(run, step, variables, nested);
        };
    }

    private StepStart command(RunContext run, Step step, Variables variables) {
        CommandContent.Made made = CommandContent.of(step, variables, run.secrets());
        ToolDefinition definition = ToolService.parseUnsaved(made.tool(), step.name(), "");
        return run(run, step, null, definition, made.arguments(), made.environment());
    }

    private StepStart tool(RunContext run, Step step, Variables variables) {
        ObjectNode config = step.config();
        JsonNode arguments = References.resolve(config.path("args"), variables::get);
        if (config.has("tool_def")) {
            ToolDefinition definition = ToolService.parseUnsaved(config.path("tool_def"), step.name(), "/tool_def");
            Map<String, String> environment = variables.simple();
            return run(run, step, null, definition, arguments, environment);
        }
        Tool saved = tools.get(run.caller(), config.path("tool_name").asText(), null);
        return run(run, step, saved, saved.definition(), arguments, variables.simple());
    }

    private StepStart run(
            RunContext run,
            Step step,
            @Nullable Tool saved,
            ToolDefinition definition,
            JsonNode arguments,
            Map<String, String> environment) {
        ToolCall call = new ToolCall(
                definition,
                saved,
                arguments.isMissingNode() ? Json.object() : arguments,
                runner(run, step),
                saved == null ? new SecretGrant.WorkflowStep() : new SecretGrant.SavedTool(),
                environment,
                step.timeout(),
                null,
                step.approvals(),
                Cause.parent(run.execution()));
        CheckedRun checked = runs.checked(run.caller(), call);
        return transaction -> runs.start(transaction, run.caller(), checked);
    }

    private static String runner(RunContext run, Step step) {
        return step.runner().isEmpty() ? run.runner() : step.runner();
    }

    private StepStart agent(RunContext run, Step step, Variables variables) {
        ObjectNode config = step.config();
        String agent = "";
        for (String name : new String[] {"agent_id", "agent_name", "teammate_name", "name"}) {
            agent = agent.isEmpty() ? config.path(name).asText() : agent;
        }
        String message = config.path("message").asText(config.path("prompt").asText());
        NewTurn turn = NewTurn.of(
                References.resolve(agent, variables::get), References.resolve(message, variables::get), null);
        return sessions.prepare(run.caller(), turn, Cause.parent(run.execution()), step.approvals())::apply;
    }

    private StepStart request(RunContext run, Step step, Variables variables) {
        ObjectNode spec = RequestSpec.of(step, variables);
        NewExecution execution = new NewExecution(Kind.STEP, step.name(), StepWork.QUEUE, spec, null)
                .because(Cause.parent(run.execution()));
        spec.set("caller", StoredCaller.toJson(run.caller()));
        return transaction -> {
            if (step.approvals().isEmpty()) {
                return executions.start(transaction, run.caller(), execution);
            }
            Execution waiting = executions.start(transaction, run.caller(), execution.waiting());
            ObjectNode details = Json.object()
                    .put("method", spec.path("method").asText())
                    .put("url", spec.path("url").asText());
            ApprovalSubject subject = new ApprovalSubject("workflow_step", step.name(), details);
            approvals.request(transaction, run.caller(), waiting, subject, step.approvals());
            return waiting;
        };
    }

    private StepStart workflow(RunContext run, Step step, Variables variables, NestedWorkflows nested) {
        ObjectNode config = step.config();
        JsonNode sent = config.path("params");
        Map<String, JsonNode> params = new HashMap<>();
        if (!sent.isMissingNode()) {
            params.putAll(
                    NamedValues.of(References.resolve(sent, variables::get), "/params", new JsonFields(Json.object())));
        }
        return nested.prepare(run, config.path("workflow"), params, runner(run, step), step.approvals());
    }

    /** Whether a runner stops an attempt of it that takes too long. */
    public static boolean stopsByItself(StepType type) {
        return type == StepType.TOOL || CommandContent.makes(type);
    }
}

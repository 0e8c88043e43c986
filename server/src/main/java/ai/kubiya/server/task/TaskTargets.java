package ai.kubiya.server.task;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.agent.AgentService;
import ai.kubiya.server.agent.chat.NewTurn;
import ai.kubiya.server.agent.chat.SessionService;
import ai.kubiya.server.approval.ApprovalRule;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.NewExecution.Cause;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.runner.Runners;
import ai.kubiya.server.tool.Tool;
import ai.kubiya.server.tool.ToolService;
import ai.kubiya.server.tool.definition.ToolDefinition;
import ai.kubiya.server.tool.run.CheckedRun;
import ai.kubiya.server.tool.run.SecretGrant;
import ai.kubiya.server.tool.run.ToolCall;
import ai.kubiya.server.tool.run.ToolRuns;
import ai.kubiya.server.workflow.WorkflowService;
import ai.kubiya.server.workflow.definition.Workflow;
import ai.kubiya.server.workflow.run.WorkflowRuns.NewRun;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What tasks run: agents, tools and workflows. */
public final class TaskTargets {
    /** An attempt that may be begun: everything that can be refused has been looked at. */
    @FunctionalInterface
    interface Start {
        Execution in(Transaction transaction);
    }

    private final ToolService tools;
    private final ToolRuns runs;
    private final Runners runners;
    private final AgentService agents;
    private final SessionService sessions;
    private final WorkflowService workflows;

    public TaskTargets(
            ToolService tools,
            ToolRuns runs,
            Runners runners,
            AgentService agents,
            SessionService sessions,
            WorkflowService workflows) {
        this.tools = tools;
        this.runs = runs;
        this.runners = runners;
        this.agents = agents;
        this.sessions = sessions;
        this.workflows = workflows;
    }

    /** The id of the agent, when it is one that runs. */
    Optional<UUID> agent(Caller caller, TaskDefinition task) {
        return task.agent().isEmpty() ? Optional.empty() : Optional.of(agentId(caller, task.agent(), "/agent_id"));
    }

    /** @throws ApiException 404 when there is no such runner */
    String runner(Caller caller, String idOrName) {
        return runners.nameOf(caller, idOrName).orElseThrow(() -> ApiException.notFound("runner", idOrName));
    }

    /** @throws ApiException 404 when there is no such agent */
    Agent existingAgent(Caller caller, String idOrName) {
        return agents.get(caller, idOrName);
    }

    /** @param field what names it, for the answer when there is no such agent */
    UUID agentId(Caller caller, String name, String field) {
        return named(field, () -> agents.get(caller, name)).id();
    }

    /** What a request names and is not there is a mistake in the request. */
    private static <T> T named(String field, Supplier<T> find) {
        try {
            return find.get();
        } catch (ApiException e) {
            throw e.code() == ErrorCode.NOT_FOUND ? ApiException.invalid(field, e.details()) : e;
        }
    }

    /**
     * Looks whether an attempt can be begun.
     *
     * @param approvals who has to agree first, besides those whom a tool itself names
     * @throws ApiException with the reason why not
     */
    Start prepare(Caller caller, UUID id, TaskDefinition task, List<ApprovalRule> approvals) {
        Cause cause = Cause.task(id);
        return switch (task.kind()) {
            case "agent" -> {
                NewTurn turn =
                        NewTurn.of(agentId(caller, task.agent(), "/agent_id").toString(), prompt(task), null);
                yield sessions.prepare(caller, turn, cause, approvals)::apply;
            }
            case "tool" -> tool(caller, task, cause, approvals);
            default -> workflow(caller, task, cause, approvals);
        };
    }

    /** Some clients say in the description what is to be done. */
    private static String prompt(TaskDefinition task) {
        String prompt = !task.prompt().isBlank()
                ? task.prompt()
                : !task.description().isBlank() ? task.description() : task.name();
        return task.parameters().isEmpty() ? prompt : prompt + "\n\nParameters: " + Json.text(task.parameters());
    }

    private Start tool(Caller caller, TaskDefinition task, Cause cause, List<ApprovalRule> approvals) {
        ObjectNode sent = task.toolDefinition();
        Tool saved = sent == null ? named("/tool", () -> tools.get(caller, task.tool(), null)) : null;
        ToolDefinition definition = saved == null
                ? ToolService.parseUnsaved(Objects.requireNonNull(sent), task.tool(), "/tool_def")
                : saved.definition();
        ToolCall call = new ToolCall(
                definition,
                saved,
                task.parameters(),
                task.runner(),
                saved == null ? new SecretGrant.CallersTool() : new SecretGrant.SavedTool(),
                Map.of(),
                task.timeout(),
                null,
                approvals,
                cause);
        CheckedRun run = checked(caller, call);
        return transaction -> runs.start(transaction, caller, run);
    }

    WorkflowService.Progress progress(Execution run) {
        return workflows.progress(run);
    }

    private Start workflow(Caller caller, TaskDefinition task, Cause cause, List<ApprovalRule> approvals) {
        Workflow workflow = workflows.workflow(caller, Objects.requireNonNull(task.workflow()), false, "/workflow");
        Map<String, JsonNode> params = new HashMap<>();
        task.parameters().properties().forEach(entry -> params.put(entry.getKey(), entry.getValue()));
        NewRun run = new NewRun(workflow, params, Map.of(), task.runner(), 0);
        return workflows.prepare(caller, run, cause, approvals)::apply;
    }

    private CheckedRun checked(Caller caller, ToolCall call) {
        try {
            return runs.checked(caller, call);
        } catch (ApiException e) {
            if (e.problems().isEmpty()) {
                throw e;
            }
            throw ApiException.invalid(e.problems().stream()
                    .map(problem -> new FieldProblem(
                            problem.field()
                                    .replaceFirst("^/args", "/parameters")
                                    .replaceFirst("^tool_name$", "/tool")
                                    .replaceFirst("^runner$", "/runner"),
                            problem.message()))
                    .toList());
        }
    }
}

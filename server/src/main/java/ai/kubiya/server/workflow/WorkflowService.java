package ai.kubiya.server.workflow;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.approval.ApprovalRule;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.NewExecution.Cause;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.runner.Runners;
import ai.kubiya.server.source.SourceService;
import ai.kubiya.server.source.SourceWorkflow;
import ai.kubiya.server.source.discovery.YamlText;
import ai.kubiya.server.workflow.definition.Workflow;
import ai.kubiya.server.workflow.definition.WorkflowParser;
import ai.kubiya.server.workflow.run.StepState;
import ai.kubiya.server.workflow.run.StepStatus;
import ai.kubiya.server.workflow.run.WorkflowRuns;
import ai.kubiya.server.workflow.run.WorkflowRuns.NewRun;
import ai.kubiya.server.workflow.run.WorkflowSpec;
import ai.kubiya.server.workflow.step.NestedWorkflows;
import ai.kubiya.server.workflow.step.RunContext;
import ai.kubiya.server.workflow.step.StepStart;
import ai.kubiya.server.workflow.step.StepTargets;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Finds, starts and shows workflows. */
public final class WorkflowService implements NestedWorkflows {
    private static final int DEEPEST = 5;

    private final Database database;
    private final SourceService sources;
    private final Runners runners;
    private final WorkflowRuns runs;
    private final ExecutionService executions;

    public WorkflowService(
            Database database, SourceService sources, Runners runners, WorkflowRuns runs, ExecutionService executions) {
        this.database = database;
        this.sources = sources;
        this.runners = runners;
        this.runs = runs;
        this.executions = executions;
    }

    /** Those of all sources, by name. */
    Page<SourceWorkflow> list(Caller caller, Page.Range range) {
        return sources.workflows(caller, range);
    }

    /**
     * A saved workflow.
     *
     * @throws ApiException 404, or 409 when several sources have one of that name
     */
    SourceWorkflow get(Caller caller, String name) {
        List<SourceWorkflow> found = sources.workflowsNamed(caller, name);
        if (found.size() > 1) {
            throw ApiException.conflict("Several sources have a workflow \"" + name + "\": "
                    + String.join(
                            ", ", found.stream().map(SourceWorkflow::sourceName).toList())
                    + ". Rename one, or send its definition.");
        }
        if (found.isEmpty()) {
            throw ApiException.notFound("workflow", name);
        }
        return found.getFirst();
    }

    /**
     * Reads a workflow that is named, or sent as JSON or as YAML in a text of several lines.
     *
     * @param field where it stands in the request
     * @throws ApiException 400 naming what is wrong
     */
    public Workflow workflow(Caller caller, JsonNode named, boolean strict, String field) {
        if (named instanceof ObjectNode definition) {
            return WorkflowParser.parse(definition, strict, field);
        }
        if (named.asText().indexOf('\n') >= 0) {
            return WorkflowParser.parse(YamlText.object(named.asText(), field), strict, field);
        }
        try {
            return WorkflowParser.parse(get(caller, named.asText()).definition(), false, field);
        } catch (ApiException e) {
            throw e.problems().isEmpty() ? ApiException.invalid(field, e.details()) : e;
        }
    }

    /**
     * Starts a run.
     *
     * @throws ApiException when its caller may not do what it does, or there is no such runner
     */
    public Execution start(Caller caller, NewRun run) {
        Execution execution = database.inTransaction(
                transaction -> prepare(caller, run, Cause.REQUEST, List.of()).apply(transaction));
        executions.started(execution);
        return execution;
    }

    /** As {@link #start} in a transaction of the caller's: what can be refused is refused now. */
    public Function<Transaction, Execution> prepare(
            Caller caller, NewRun run, Cause cause, List<ApprovalRule> approvals) {
        StepTargets.requireScopes(caller, run.workflow());
        if (!runners.knows(caller, run.runner())) {
            throw ApiException.invalid("runner", "there is no runner \"" + run.runner() + "\"");
        }
        return transaction -> runs.begin(transaction, caller, run, cause, approvals);
    }

    @Override
    public StepStart prepare(
            RunContext parent,
            JsonNode named,
            Map<String, JsonNode> params,
            String runner,
            List<ApprovalRule> approvals) {
        if (parent.depth() >= DEEPEST) {
            throw ApiException.invalid("workflow", "is within more than " + DEEPEST + " others");
        }
        Workflow workflow = workflow(parent.caller(), named, false, "workflow");
        NewRun run = new NewRun(workflow, params, Map.of(), runner, parent.depth() + 1);
        return prepare(parent.caller(), run, Cause.parent(parent.execution()), approvals)::apply;
    }

    /** A run and where its steps stand. */
    record RunView(Execution execution, Workflow workflow, List<StepState> steps) {}

    /** @throws ApiException 404 when it is no run of a workflow */
    RunView run(Caller caller, UUID id) {
        Execution execution = executions.get(caller, id);
        if (execution.kind() != Kind.WORKFLOW) {
            throw ApiException.notFound("run of a workflow", id);
        }
        return new RunView(execution, WorkflowSpec.of(execution).workflow(), runs.steps(execution));
    }

    /**
     * How far a run is.
     *
     * @param current name of a step that runs; empty when none does
     */
    public record Progress(int completed, int total, String current) {}

    public Progress progress(Execution execution) {
        List<StepState> wholes =
                runs.steps(execution).stream().filter(StepState::isWhole).toList();
        return new Progress(
                (int) wholes.stream().filter(step -> step.status().isOver()).count(),
                wholes.size(),
                wholes.stream()
                        .filter(step -> step.status() == StepStatus.RUNNING)
                        .map(StepState::name)
                        .findFirst()
                        .orElse(""));
    }
}

package ai.kubiya.server.workflow.run;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.approval.ApprovalRule;
import ai.kubiya.server.approval.ApprovalSubject;
import ai.kubiya.server.approval.Approvals;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.NewExecution;
import ai.kubiya.server.execution.NewExecution.Cause;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.workflow.definition.Workflow;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes runs down; a server takes each to its end from then on, whatever becomes of this one. */
public final class WorkflowRuns {
    private final Database database;
    private final RunStore store = new RunStore();
    private final ExecutionService executions;
    private final Approvals approvals;
    private final RunSecrets secrets;

    public WorkflowRuns(Database database, ExecutionService executions, Approvals approvals, RunSecrets secrets) {
        this.database = database;
        this.executions = executions;
        this.approvals = approvals;
        this.secrets = secrets;
    }

    /**
     * A run that is asked for.
     *
     * @param runner of steps that name none; empty = any
     * @param depth how many workflows it is within
     */
    public record NewRun(
            Workflow workflow, Map<String, JsonNode> params, Map<String, String> secrets, String runner, int depth) {
        public NewRun {
            params = Map.copyOf(params);
            secrets = Map.copyOf(secrets);
        }
    }

    /** Begins a run in a transaction of the caller's; {@link ExecutionService#started} must follow it. */
    public Execution begin(Transaction transaction, Caller caller, NewRun run, Cause cause, List<ApprovalRule> rules) {
        Workflow workflow = run.workflow();
        String runner = run.runner().isEmpty() ? workflow.runner() : run.runner();
        ObjectNode spec = new WorkflowSpec(caller, workflow, run.params(), runner, run.depth()).toJson();
        NewExecution execution =
                new NewExecution(Kind.WORKFLOW, workflow.name(), WorkflowTaker.QUEUE, spec, null).because(cause);
        Execution begun = executions.start(transaction, caller, rules.isEmpty() ? execution : execution.waiting());
        store.insert(transaction, begun.id(), caller.organizationId(), secrets.seal(begun.id(), run.secrets()));
        store.insertSteps(transaction, begun.id(), workflow.steps());
        ObjectNode details = Json.object();
        ObjectNode params = details.putObject("params");
        new TreeMap<>(run.params()).forEach(params::set);
        approvals.request(transaction, caller, begun, new ApprovalSubject("workflow", workflow.name(), details), rules);
        return begun;
    }

    /** Where the steps of a run stand, in their order, each before its items. */
    public List<StepState> steps(Execution execution) {
        return database.read(transaction -> store.steps(transaction, execution.organizationId(), execution.id()));
    }
}

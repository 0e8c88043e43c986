package ai.kubiya.server.webhook.incoming.work;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionOutput;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.NewExecution.Cause;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.webhook.definition.Incoming;
import ai.kubiya.server.workflow.WorkflowService;
import ai.kubiya.server.workflow.definition.Workflow;
import ai.kubiya.server.workflow.run.WorkflowRuns.NewRun;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;

/** A run of a workflow, which finds the message as {@code ${prompt}}, and as {@code ${event}} where that is JSON. */
public final class WorkflowWork implements WorkStarter {
    private static final int RESULT_CHARACTERS = 16 << 10;

    private final WorkflowService workflows;
    private final ExecutionService executions;
    private final Database database;
    private final ExecutionOutput outputs;

    public WorkflowWork(WorkflowService workflows, ExecutionService executions, Database database) {
        this.workflows = workflows;
        this.executions = executions;
        this.database = database;
        this.outputs = new ExecutionOutput(executions, RESULT_CHARACTERS, 1);
    }

    @Override
    public boolean starts(Incoming webhook) {
        return webhook.agentId().isEmpty() && !webhook.workflow().isEmpty();
    }

    @Override
    public void check(Caller caller, Incoming webhook) {
        workflow(caller, webhook);
    }

    private Workflow workflow(Caller caller, Incoming webhook) {
        return workflows.workflow(caller, Json.parse(webhook.workflow()), false, "/workflow");
    }

    @Override
    public Started start(Transaction transaction, Caller caller, Incoming webhook, String message) {
        NewRun run = new NewRun(
                workflow(caller, webhook),
                Map.of("prompt", TextNode.valueOf(message), "event", TextNode.valueOf(message)),
                Map.of(),
                webhook.runner(),
                0);
        Execution execution =
                workflows.prepare(caller, run, Cause.REQUEST, List.of()).apply(transaction);
        transaction.afterCommit(() -> executions.started(execution));
        return new Started(execution.id(), null);
    }

    @Override
    public boolean did(Execution execution) {
        return execution.kind() == Kind.WORKFLOW;
    }

    @Override
    public String result(Execution execution) {
        return database.read(transaction -> outputs.of(transaction, execution));
    }
}

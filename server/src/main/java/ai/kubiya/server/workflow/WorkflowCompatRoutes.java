package ai.kubiya.server.workflow;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.execution.EventFollower;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.workflow.definition.Workflow;
import ai.kubiya.server.workflow.definition.WorkflowParser;
import ai.kubiya.server.workflow.run.WorkflowRuns.NewRun;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Workflows for existing clients: sent whole, and shown while they run (contract, section 12). */
public final class WorkflowCompatRoutes implements Routes {
    private final WorkflowService workflows;
    private final ExecutionService executions;
    private final EventFollower follower;

    public WorkflowCompatRoutes(WorkflowService workflows, ExecutionService executions) {
        this.workflows = workflows;
        this.executions = executions;
        this.follower = new EventFollower(executions);
    }

    @Override
    public void addTo(Router router) {
        router.post("/api/v1/workflow", Scope.WORKFLOWS_MANAGE, this::execute);
    }

    private Response execute(Request request) throws IOException {
        String operation = request.query("operation").orElse("execute_workflow");
        if (!operation.equals("execute_workflow")) {
            throw ApiException.invalid("operation", "must be execute_workflow, got \"" + operation + "\"");
        }
        JsonFields fields = request.fields();
        Map<String, JsonNode> params = new HashMap<>(WorkflowRequest.params(fields, "parameters"));
        Map<String, String> secrets = WorkflowRequest.secrets(fields);
        fields.check(false);
        Workflow workflow = WorkflowParser.parse(request.jsonObject(), false, "");
        String runner = request.query("runner").orElse("");
        Execution execution = request.replayOf()
                .map(id -> executions.get(request.caller(), id))
                .orElseGet(() -> workflows.start(request.caller(), new NewRun(workflow, params, secrets, runner, 0)));
        boolean vercel = request.header("x-vercel-ai-data-stream").isPresent();
        return Response.eventStream(out -> {
                    WorkflowStream stream = new WorkflowStream(out, execution, vercel);
                    // The headers travel with the first byte, and the run may wait for its turn.
                    stream.silence();
                    follower.follow(execution, 0, stream);
                    stream.end();
                })
                .withHeader("X-Execution-Id", execution.id().toString())
                .withHeader("x-vercel-ai-data-stream", vercel ? "v1" : null);
    }
}

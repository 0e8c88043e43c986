package ai.kubiya.server.workflow;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionJson;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.workflow.definition.Workflow;
import ai.kubiya.server.workflow.run.WorkflowRuns.NewRun;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.Map;

/** HTTP of workflows on the documented surface. */
public final class WorkflowRoutes implements Routes {
    private static final String PATH = "/v1/workflows";

    private final WorkflowService workflows;

    public WorkflowRoutes(WorkflowService workflows) {
        this.workflows = workflows;
    }

    @Override
    public void addTo(Router router) {
        router.get(PATH, Scope.WORKFLOWS_READ, this::list)
                .get(PATH + "/{workflow}", Scope.WORKFLOWS_READ, this::get)
                .post(PATH + "/executions", Scope.WORKFLOWS_MANAGE, this::start)
                .get(PATH + "/executions/{run}", Scope.WORKFLOWS_READ, this::run);
    }

    private Response list(Request request) {
        return Response.list(
                request, workflows.list(request.caller(), request.range()).map(WorkflowJson::of));
    }

    private Response get(Request request) {
        return Response.ok(WorkflowJson.of(workflows.get(request.caller(), request.parameter("workflow"))));
    }

    private Response start(Request request) throws IOException {
        JsonFields fields = request.fields();
        Map<String, JsonNode> params = WorkflowRequest.params(fields, "params");
        Map<String, String> secrets = WorkflowRequest.secrets(fields);
        String runner = fields.text("runner", 200, "");
        JsonNode named = fields.node("workflow").orElse(TextNode.valueOf(""));
        boolean isName = named.isTextual() && !named.asText().isBlank();
        if (!isName && !named.isObject()) {
            fields.problem("/workflow", "is required: the name of a saved workflow, or a definition");
        }
        fields.has("env");
        fields.check(request.strict());
        Workflow sent = workflows.workflow(request.caller(), named, request.strict(), "/workflow");
        Workflow workflow = WorkflowRequest.withEnvironment(sent, fields);
        Execution execution = workflows.start(request.caller(), new NewRun(workflow, params, secrets, runner, 0));
        return Response.json(
                202, Map.of("Location", PATH + "/executions/" + execution.id()), ExecutionJson.of(execution));
    }

    private Response run(Request request) {
        return Response.ok(WorkflowJson.of(workflows.run(request.caller(), request.uuid("run", "run of a workflow"))));
    }
}

package ai.kubiya.server.project.compat;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.run.ProjectRun;
import ai.kubiya.server.project.run.RunService;
import ai.kubiya.server.task.OtherTaskRoutes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** Projects and executions under the address that they share with tasks: one shape with the fields of both. */
public final class ProjectTaskRoutes implements OtherTaskRoutes {
    private static final String ID = "task";

    private final ProjectService projects;
    private final Runs runs;

    public ProjectTaskRoutes(ProjectService projects, RunService service) {
        this.projects = projects;
        this.runs = new Runs(projects, service);
    }

    /** The address asks for scopes of tasks; what is found here is no task. */
    private static void require(Request request, Scope scope) {
        if (!request.caller().may(scope)) {
            throw ApiException.of(
                    ErrorCode.INSUFFICIENT_SCOPE,
                    "The key \"" + request.caller().keyName() + "\" lacks the scope " + scope.wireName()
                            + ", which projects need. Use a key that has it.");
        }
    }

    @Override
    public Response get(Request request) {
        require(request, Scope.PROJECTS_READ);
        Caller caller = request.caller();
        Project project = found(request);
        Optional<ProjectRun> asked = runs.run(caller, request.parameter(ID));
        ObjectNode json = UseCaseJson.of(project);
        asked.or(() -> runs.newest(caller, project.id().toString())).ifPresent(run -> RunCompatJson.over(json, run));
        json.put("project_id", project.id().toString());
        return asked.isPresent()
                ? Response.ok(asExecution(json, asked.get()))
                : Response.ok(json).withTag(project.id(), project.version());
    }

    /** For those who wait for the execution by its id. */
    private static ObjectNode asExecution(ObjectNode json, ProjectRun run) {
        return json.put("id", run.id().toString())
                .put("uuid", run.id().toString())
                .put("status", RunCompatJson.executionStatus(run))
                .put("status_reason", RunCompatJson.reason(run));
    }

    /** What is here is neither a task nor anything else; whoever asks means a task. */
    private Project found(Request request) {
        try {
            return runs.project(request.caller(), request.parameter(ID));
        } catch (ApiException e) {
            throw e.code() == ErrorCode.NOT_FOUND ? ApiException.notFound("task", request.parameter(ID)) : e;
        }
    }

    @Override
    public Response put(Request request) throws IOException {
        require(request, Scope.PROJECTS_WRITE);
        Caller caller = request.caller();
        Project project = found(request);
        ObjectNode sent = request.jsonObject();
        String of = project.id().toString();
        if (sent.hasNonNull("action")) {
            String run = runs.runOrNewest(caller, request.parameter(ID)).id().toString();
            String action = sent.path("action").asText();
            return Response.ok(RunCompatJson.execution(
                    switch (action) {
                        case "approve" -> runs.service().approve(caller, of, run);
                        case "reject" -> runs.service().reject(caller, of, run);
                        case "cancel" -> runs.service().cancel(caller, of, run);
                        default ->
                            throw ApiException.invalid(
                                    "/action", "must be approve, reject or cancel, got \"" + action + "\"");
                    }));
        }
        Project changed =
                projects.update(caller, of, request.precondition(), stored -> UseCaseInput.change(stored, sent), false);
        return Response.ok(UseCaseJson.of(changed)).withTag(changed.id(), changed.version());
    }

    @Override
    public Response delete(Request request) {
        require(request, Scope.PROJECTS_WRITE);
        projects.delete(
                request.caller(), found(request).id().toString(), request.precondition(), request.queryFlag("force"));
        return Response.deleted();
    }
}

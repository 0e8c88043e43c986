package ai.kubiya.server.project.compat;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.execution.EventFollower;
import ai.kubiya.server.execution.ExecutionEvent;
import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.run.NewRun;
import ai.kubiya.server.project.run.ProjectRun;
import ai.kubiya.server.project.run.RunLogs;
import ai.kubiya.server.project.run.RunService;
import ai.kubiya.server.state.StateService;
import ai.kubiya.server.state.content.StateResource;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Plans and applies under {@code /api/v1/tasks}, where ids of projects and of plans stand in the same places. */
public final class TaskRunRoutes implements Routes {
    private static final String PATH = "/api/v1/tasks";
    private static final String ID = "project_or_plan";
    /** One of the clients waits for 30 seconds at most, and reads the changes of a plan from this answer alone. */
    private static final Duration PLANNING = Duration.ofSeconds(25);

    private final Runs runs;
    private final RunLogs logs;
    private final StateService states;

    public TaskRunRoutes(ProjectService projects, RunService service, RunLogs logs, StateService states) {
        this.runs = new Runs(projects, service);
        this.logs = logs;
        this.states = states;
    }

    @Override
    public void addTo(Router router) {
        router.post(PATH + "/plan/{" + ID + "}", Scope.PROJECTS_WRITE, this::startPlan)
                .get(PATH + "/plan/{" + ID + "}", Scope.PROJECTS_READ, this::plan)
                .post(PATH + "/apply/{" + ID + "}", Scope.PROJECTS_WRITE, this::apply)
                .get(PATH + "/logs/{" + ID + "}", Scope.PROJECTS_READ, this::logs)
                .get(PATH + "/resources/{" + ID + "}", Scope.PROJECTS_READ, this::resources)
                .get(PATH + "/stream/logs/{" + ID + "}", Scope.PROJECTS_READ, this::stream);
    }

    private ProjectRun run(Request request) {
        return runs.runOrNewest(request.caller(), request.parameter(ID));
    }

    private Response shown(ProjectRun run) {
        return Response.ok(RunCompatJson.plan(run, runs.service().found(run).changes()));
    }

    private Response startPlan(Request request) {
        Caller caller = request.caller();
        Project project = runs.project(caller, request.parameter(ID));
        ProjectRun run = runs.service().start(caller, project.id().toString(), NewRun.plan("api"));
        return shown(runs.awaited(caller, run, PLANNING));
    }

    private Response plan(Request request) {
        return shown(run(request));
    }

    /** A plan is approved; of a project, a new one is made, and applied once somebody approves it. */
    private Response apply(Request request) throws IOException {
        Caller caller = request.caller();
        String id = request.parameter(ID);
        JsonFields fields = new JsonFields(request.jsonObject());
        boolean approved = fields.flag("auto_approve", false);
        fields.check(false);
        ProjectRun run = runs.run(caller, id)
                .map(plan -> runs.service()
                        .approve(caller, plan.projectId().toString(), plan.id().toString()))
                .orElseGet(() -> {
                    Project project = runs.project(caller, id);
                    return runs.service().start(caller, project.id().toString(), NewRun.apply("api", approved));
                });
        return Response.ok(RunCompatJson.execution(run));
    }

    private Response logs(Request request) {
        ProjectRun run = run(request);
        return Response.ok(RunCompatJson.logs(run, logs.text(run, false), logs.text(run, true)));
    }

    private Response resources(Request request) throws IOException {
        Project project = runs.project(request.caller(), request.parameter(ID));
        List<StateResource> resources =
                states.resources(request.caller(), project.id().toString());
        return Response.list(request, Page.of(resources, request.range()).map(TaskRunRoutes::resource));
    }

    private static ObjectNode resource(StateResource resource) {
        ObjectNode json = Json.object()
                .put("id", resource.address())
                .put("type", resource.type())
                .put("name", resource.name())
                .put("status", resource.status())
                .put("provisioner", resource.provider());
        json.putObject("properties").put("id", resource.id()).put("module", resource.module());
        json.set("depends", Json.array(resource.dependsOn()));
        return json;
    }

    private Response stream(Request request) {
        ProjectRun run = run(request);
        Caller caller = request.caller();
        return Response.eventStream(out -> {
            EventStream stream = new EventStream(out);
            stream.heartbeat();
            logs.follow(caller, run, 0, new EventFollower.Reader() {
                @Override
                public void event(ExecutionEvent event) throws IOException {
                    ObjectNode data = event.data().deepCopy();
                    stream.send(null, null, data.put("type", event.type()));
                }

                @Override
                public void caughtUp() throws IOException {
                    stream.flush();
                }

                @Override
                public void silence() throws IOException {
                    stream.send(null, null, Json.object().put("type", "heartbeat"));
                    stream.flush();
                }
            });
            ProjectRun end = runs.run(caller, run.id().toString()).orElse(run);
            stream.send(
                    null,
                    null,
                    Json.object()
                            .put("type", "execution")
                            .put("status", RunCompatJson.executionStatus(end))
                            .put("status_reason", RunCompatJson.reason(end)));
            stream.data("[DONE]");
            stream.flush();
        });
    }
}

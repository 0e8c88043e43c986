package ai.kubiya.server.project.run;

import ai.kubiya.runner.terraform.TerraformJob.Mode;
import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.execution.EventFollower;
import ai.kubiya.server.execution.ExecutionEvent;
import ai.kubiya.server.execution.ExecutionJson;
import ai.kubiya.server.execution.ExecutionRoutes;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** HTTP of runs, which the documented surface calls executions of a project. */
public final class RunRoutes implements Routes {
    private static final String ONE = "/v1/projects/{project}";
    private static final String RUN = ONE + "/executions/{project_execution}";
    private static final int LONGEST_WAIT = 60;

    private final RunService runs;
    private final RunLogs logs;

    public RunRoutes(RunService runs, RunLogs logs) {
        this.runs = runs;
        this.logs = logs;
    }

    @Override
    public void addTo(Router router) {
        router.post(ONE + "/plan", Scope.PROJECTS_WRITE, this::plan)
                .post(ONE + "/apply", Scope.PROJECTS_WRITE, this::apply)
                .post(ONE + "/destroy", Scope.PROJECTS_WRITE, this::destroy)
                .post(ONE + "/approve", Scope.PROJECTS_WRITE, request -> decide(request, runs::approve))
                .post(ONE + "/reject", Scope.PROJECTS_WRITE, request -> decide(request, runs::reject))
                .post(ONE + "/cancel", Scope.PROJECTS_WRITE, request -> decide(request, runs::cancel))
                .get(ONE + "/executions", Scope.PROJECTS_READ, this::list)
                .get(RUN, Scope.PROJECTS_READ, this::get)
                .get(RUN + "/plan", Scope.PROJECTS_READ, this::document)
                .get(RUN + "/logs", Scope.PROJECTS_READ, this::logs);
    }

    private ProjectRun run(Request request) {
        return runs.get(request.caller(), request.parameter("project"), request.parameter("project_execution"));
    }

    private Response plan(Request request) throws IOException {
        JsonFields fields = request.fields();
        boolean destroy = fields.flag("destroy", false);
        boolean refreshOnly = fields.flag("refresh_only", false);
        if (destroy && refreshOnly) {
            fields.problem("/refresh_only", "cannot stand beside destroy: a plan is for the one or for the other");
        }
        Mode mode = destroy ? Mode.DESTROY : refreshOnly ? Mode.REFRESH_ONLY : Mode.NORMAL;
        NewRun run = newRun(fields, RunKind.PLAN, mode, fields.flag("speculative", false), false);
        fields.check(request.strict());
        return started(request, run);
    }

    private Response apply(Request request) throws IOException {
        JsonFields fields = request.fields();
        Optional<String> existing = executionId(fields);
        if (existing.isPresent()) {
            fields.check(request.strict());
            return accepted(request, runs.approve(request.caller(), request.parameter("project"), existing.get()));
        }
        boolean refreshOnly = fields.flag("refresh_only", false);
        NewRun run = newRun(
                fields,
                RunKind.APPLY,
                refreshOnly ? Mode.REFRESH_ONLY : Mode.NORMAL,
                false,
                fields.flag("auto_approve", false));
        fields.check(request.strict());
        return started(request, run);
    }

    private Response destroy(Request request) throws IOException {
        JsonFields fields = request.fields();
        NewRun run = newRun(fields, RunKind.DESTROY, Mode.DESTROY, false, fields.flag("auto_approve", false));
        fields.check(request.strict());
        return started(request, run);
    }

    private static NewRun newRun(JsonFields fields, RunKind kind, Mode mode, boolean speculative, boolean autoApply) {
        return new NewRun(
                kind,
                mode,
                "api",
                fields.text("message", 2000, ""),
                fields.text("revision", 500, "").trim(),
                speculative,
                autoApply,
                fields.texts("targets"),
                fields.texts("replace"));
    }

    private static Optional<String> executionId(JsonFields fields) {
        Optional<String> plan = fields.text("plan_id", 100);
        return fields.text("execution_id", 100).or(() -> plan);
    }

    private Response started(Request request, NewRun run) {
        return accepted(request, runs.start(request.caller(), request.parameter("project"), run));
    }

    /** Waits a while where the client asks for it. */
    private ProjectRun awaited(Request request, ProjectRun run) {
        Duration wait = Duration.ofSeconds(request.number("wait", 0, 0, LONGEST_WAIT));
        if (wait.isZero()) {
            return run;
        }
        try {
            return runs.await(request.caller(), run, wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return run;
        }
    }

    private Response accepted(Request request, ProjectRun run) {
        ProjectRun now = awaited(request, run);
        return Response.json(202, whole(now))
                .withHeader("Location", "/v1/projects/" + now.projectId() + "/executions/" + now.id());
    }

    private ObjectNode whole(ProjectRun run) {
        return RunJson.whole(run, runs.found(run));
    }

    private interface Decision {
        ProjectRun of(Caller caller, String project, @Nullable String run);
    }

    private Response decide(Request request, Decision decision) throws IOException {
        JsonFields fields = request.fields();
        Optional<String> id = executionId(fields);
        fields.check(request.strict());
        ProjectRun decided = decision.of(request.caller(), request.parameter("project"), id.orElse(null));
        return Response.ok(whole(awaited(request, decided)));
    }

    private Response list(Request request) {
        RunStatus status = request.query("status").map(RunRoutes::status).orElse(null);
        return Response.list(
                request,
                runs.list(request.caller(), request.parameter("project"), status, request.range())
                        .map(RunJson::of));
    }

    private static RunStatus status(String name) {
        try {
            return RunStatus.ofWireName(name.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("status", "\"" + name + "\" is not one of its values");
        }
    }

    private Response get(Request request) {
        return Response.ok(whole(awaited(request, run(request))));
    }

    private Response document(Request request) {
        ProjectRun run = run(request);
        return Response.ok(runs.document(run)
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.NOT_FOUND,
                        "The execution " + run.id() + " has no plan; it is "
                                + run.status().wireName() + ".")));
    }

    private Response logs(Request request) {
        ProjectRun run = run(request);
        if (request.queryFlag("follow")) {
            return follow(request, run, ExecutionRoutes.lastEventId(request));
        }
        Page.Range range = request.range();
        RunLogs.Part part = logs.read(run, range.offset(), range.limit());
        List<ObjectNode> rows = part.events().stream().map(ExecutionJson::of).toList();
        return Response.list(request, new Page<>(rows, part.total(), range));
    }

    private Response follow(Request request, ProjectRun run, long after) {
        return Response.eventStream(out -> {
            EventStream stream = new EventStream(out);
            // The headers travel with the first byte, and the run may wait for its turn.
            stream.heartbeat();
            logs.follow(request.caller(), run, after, new EventFollower.Reader() {
                @Override
                public void event(ExecutionEvent event) throws IOException {
                    stream.send(Long.toString(event.seq()), event.type(), ExecutionJson.of(event));
                }

                @Override
                public void caughtUp() throws IOException {
                    stream.flush();
                }

                @Override
                public void silence() throws IOException {
                    stream.heartbeat();
                }
            });
            ProjectRun end = runs.find(request.caller(), run.id()).orElse(run);
            stream.send(
                    null,
                    "execution",
                    Json.object()
                            .put("type", "execution")
                            .put("status", end.status().wireName())
                            .put("summary", end.summary())
                            .put("error", end.errorMessage()));
            stream.flush();
        });
    }
}

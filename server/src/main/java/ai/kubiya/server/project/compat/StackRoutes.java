package ai.kubiya.server.project.compat;

import ai.kubiya.runner.terraform.TerraformJob.Mode;
import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.run.NewRun;
import ai.kubiya.server.project.run.ProjectRun;
import ai.kubiya.server.project.run.RunKind;
import ai.kubiya.server.project.run.RunLogs;
import ai.kubiya.server.project.run.RunService;
import ai.kubiya.server.project.run.RunStatus;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stacks: Terraform code in the request. A stack is a project that is known by its name, so that the next request with that
 * name changes what the first one made.
 */
public final class StackRoutes implements Routes {
    private static final String PATH = "/api/v1/tasks/inline";
    /** Marks projects that are stacks. */
    private static final String STACK = "stack";
    /** The client waits for five minutes. */
    private static final Duration PLANNING = Duration.ofMinutes(4);

    private static final String PLAN_BEGINS = "> terraform plan";

    private final ProjectService projects;
    private final Runs runs;
    private final RunLogs logs;

    public StackRoutes(ProjectService projects, RunService service, RunLogs logs) {
        this.projects = projects;
        this.runs = new Runs(projects, service);
        this.logs = logs;
    }

    @Override
    public void addTo(Router router) {
        router.post(PATH, Scope.PROJECTS_WRITE, this::apply).post(PATH + "/plan", Scope.PROJECTS_WRITE, this::plan);
    }

    private Response plan(Request request) throws IOException {
        Caller caller = request.caller();
        Project stack = stack(caller, request.fields());
        NewRun wish = new NewRun(RunKind.PLAN, Mode.NORMAL, "api", "", "", true, false, List.of(), List.of());
        ProjectRun begun = runs.service().start(caller, stack.id().toString(), wish);
        ProjectRun run = runs.awaited(caller, begun, PLANNING);
        String log = logs.text(run, false);
        int plan = log.indexOf(PLAN_BEGINS);
        ObjectNode json = RunCompatJson.plan(run, runs.service().found(run).changes())
                .put("uuid", stack.id().toString())
                .put("initOutput", plan < 0 ? log : log.substring(0, plan))
                .put("planOutput", plan < 0 ? "" : log.substring(plan));
        boolean good = run.status() == RunStatus.PLANNED || run.status() == RunStatus.NO_CHANGES;
        json.put("success", good);
        // The client takes it for a failure wherever this field stands.
        return Response.ok(good ? json : json.put("errorMessage", why(run)));
    }

    private static String why(ProjectRun run) {
        return run.status().isUnderWay()
                ? "The plan takes longer; GET /api/v1/tasks/plan/" + run.id() + " tells when it is there."
                : RunCompatJson.reason(run);
    }

    private Response apply(Request request) throws IOException {
        Caller caller = request.caller();
        Project stack = stack(caller, request.fields());
        ProjectRun run = runs.service().start(caller, stack.id().toString(), NewRun.apply("api", true));
        return Response.ok(RunCompatJson.execution(run)
                .put("id", stack.id().toString())
                .put("uuid", stack.id().toString())
                .put("name", stack.name())
                .putNull("error"));
    }

    /** The stack of that name, with this code. */
    private Project stack(Caller caller, JsonFields fields) {
        String name = fields.requiredText("name", 200);
        Map<String, String> sent = fields.textMap("files");
        if (sent.isEmpty()) {
            fields.problem("/files", "must hold at least main.tf, in base64");
        }
        ObjectNode files = Json.object();
        sent.forEach((file, content) -> decoded(content)
                .ifPresentOrElse(
                        text -> files.put(file, text),
                        () -> fields.problem("/files/" + file.replace("/", "~1"), "is not text in base64")));
        String runner = fields.text("runner", 200, fields.text("runner_id", 200, ""));
        fields.check(false);
        ObjectNode body =
                Json.object().put("name", name).put("managed_by", STACK).put("runner", runner);
        body.set("files", files);
        return projects.list(caller, name, null, Page.Range.ALL).rows().stream()
                .filter(project -> project.definition().managedBy().equals(STACK))
                .findFirst()
                .map(known -> projects.update(
                        caller,
                        known.id().toString(),
                        Precondition.NONE,
                        stored -> changed(stored, files, runner),
                        false))
                .orElseGet(() -> projects.create(caller, body, false));
    }

    private static ObjectNode changed(ObjectNode stored, ObjectNode files, String runner) {
        stored.set("files", files);
        return runner.isEmpty() ? stored : stored.put("runner", runner);
    }

    private static Optional<String> decoded(String content) {
        try {
            return Optional.of(new String(Base64.getMimeDecoder().decode(content), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

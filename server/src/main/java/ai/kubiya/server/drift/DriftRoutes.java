package ai.kubiya.server.drift;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.project.run.ProjectRun;
import ai.kubiya.server.project.run.RunJson;
import java.util.Map;

/** HTTP of drift. */
public final class DriftRoutes implements Routes {
    private static final String PATH = "/v1/projects/{project}/drift";

    private final DriftService drift;

    public DriftRoutes(DriftService drift) {
        this.drift = drift;
    }

    @Override
    public void addTo(Router router) {
        router.get(PATH, Scope.PROJECTS_READ, this::get).post(PATH, Scope.PROJECTS_WRITE, this::check);
    }

    private Response get(Request request) {
        return Response.ok(drift.report(request.caller(), request.parameter("project")));
    }

    private Response check(Request request) {
        ProjectRun run = drift.check(request.caller(), request.parameter("project"));
        String location = "/v1/projects/" + run.projectId() + "/executions/" + run.id();
        return Response.json(202, Map.of("Location", location), RunJson.of(run));
    }
}

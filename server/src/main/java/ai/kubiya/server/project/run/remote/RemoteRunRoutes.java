package ai.kubiya.server.project.run.remote;

import ai.kubiya.protocol.remote.HeldLease;
import ai.kubiya.protocol.terraform.Archives;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.runner.work.WorkRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** HTTP of plans and applies on remote runners. A runner's token opens these routes and no others. */
public final class RemoteRunRoutes implements Routes {
    private static final String ONE = "/api/v3/runners/{runner}/terraform/";
    /** States up to 50 MB, and room for those who count in other units. */
    private static final long LARGEST_STATE = 64L << 20;

    private static final long LARGEST_REPORT = 256L << 20;

    private final RemoteRuns runs;

    public RemoteRunRoutes(RemoteRuns runs) {
        this.runs = runs;
    }

    @Override
    public void addTo(Router router) {
        router.add(Router.Route.ofRunner("POST", ONE + "job", this::job))
                .add(Router.Route.ofRunner("POST", ONE + "report", this::report).withBodyLimit(LARGEST_REPORT))
                .add(Router.Route.ofRunner("POST", ONE + "states/{execution}", this::takeOver)
                        .withBodyLimit(LARGEST_STATE));
    }

    private Response job(Request request) throws IOException {
        RemoteRuns.Job job = runs.job(WorkRoutes.runner(request), WorkRoutes.message(request, HeldLease.class));
        return new Response.Stream(200, Map.of("Cache-Control", "no-store"), Archives.TYPE, out -> {
            try (job) {
                job.write(out);
            }
        });
    }

    private Response report(Request request) throws IOException {
        try (InputStream body = request.body()) {
            runs.report(WorkRoutes.runner(request), body);
        }
        return WorkRoutes.answer(Json.object().put("result", "ok"));
    }

    private Response takeOver(Request request) throws IOException {
        try (InputStream body = request.body()) {
            return WorkRoutes.answer(
                    runs.takeOver(WorkRoutes.runner(request), request.uuid("execution", "execution"), body));
        }
    }
}

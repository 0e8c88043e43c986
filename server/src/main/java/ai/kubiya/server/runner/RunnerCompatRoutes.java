package ai.kubiya.server.runner;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Function;

/**
 * Runners as existing clients know them. On {@code /api/v3} the version is a number and health an object; on {@code /api/v1}
 * both are strings: the clients of either cannot read the other.
 */
public final class RunnerCompatRoutes implements Routes {
    private final RunnerService runners;
    private final InstallRoutes manifests;
    private final Clock clock;

    public RunnerCompatRoutes(RunnerService runners, InstallRoutes manifests, Clock clock) {
        this.runners = runners;
        this.manifests = manifests;
        this.clock = clock;
    }

    @Override
    public void addTo(Router router) {
        addTo(router, "/api/v3/runners", RunnerJson::of);
        addTo(router, "/api/v1/runners", RunnerCompatRoutes::old);
    }

    private void addTo(Router router, String all, Function<RunnerState, ObjectNode> shape) {
        String one = all + "/{runner}";
        router.get(all, Scope.RUNNERS_READ, request -> list(request, shape))
                .get(one, Scope.RUNNERS_READ, request -> get(request, shape))
                .get(one + "/describe", Scope.RUNNERS_READ, request -> get(request, shape))
                .post(one, Scope.RUNNERS_MANAGE, request -> create(request, shape))
                .delete(one, Scope.RUNNERS_MANAGE, this::delete)
                .get(one + "/health", Scope.RUNNERS_READ, this::health)
                .put(all + "/description/{runner}", Scope.RUNNERS_MANAGE, request -> describe(request, shape))
                .post(
                        one + "/ops",
                        Scope.RUNNERS_MANAGE,
                        request -> Response.ok(RunnerRoutes.operated(request, runners, manifests, clock)));
    }

    private static ObjectNode old(RunnerState state) {
        ObjectNode json = RunnerJson.of(state);
        return json.put("version", Integer.toString(RunnerJson.GENERATION))
                .put("health", json.at("/runner_health/health").asText())
                .put("last_seen", json.path("last_seen_at").textValue());
    }

    private Response list(Request request, Function<RunnerState, ObjectNode> shape) {
        return Response.list(
                request,
                runners.list(request.caller(), request.range(), Runners.builtInNames())
                        .map(shape));
    }

    private Response get(Request request, Function<RunnerState, ObjectNode> shape) {
        return Response.ok(shape.apply(runners.get(request.caller(), request.parameter("runner"))));
    }

    private Response create(Request request, Function<RunnerState, ObjectNode> shape) throws IOException {
        RunnerService.WithToken made =
                runners.create(request.caller(), request.parameter("runner"), request.jsonObject(), false);
        return Response.ok(shape.apply(made.state())
                        .put("url", manifests.url(request, made.token()))
                        .put("token", made.token().text()))
                .withHeader("Cache-Control", "no-store");
    }

    private Response describe(Request request, Function<RunnerState, ObjectNode> shape) throws IOException {
        JsonFields fields = request.fields();
        String description = fields.requiredText("description", 10_000);
        fields.check(false);
        ObjectNode change = Json.object().put("description", description);
        return Response.ok(shape.apply(runners.update(
                request.caller(),
                request.parameter("runner"),
                Precondition.NONE,
                stored -> MergePatch.replaceSent(stored, change),
                false)));
    }

    private Response delete(Request request) {
        runners.delete(
                request.caller(), request.parameter("runner"), request.precondition(), RunnerRoutes.isForced(request));
        return Response.deleted();
    }

    private Response health(Request request) {
        return Response.ok(RunnerJson.oldHealth(
                runners.get(request.caller(), request.parameter("runner")).health()));
    }
}

package ai.kubiya.server.runner;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Handler;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.http.Successor;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Runners as existing clients know them. On {@code /api/v3} the version is a number and health an object; on {@code /api/v1}
 * both are strings: the clients of either cannot read the other. Version 3 took the place of version 1.
 */
public final class RunnerCompatRoutes implements Routes {
    private static final String CURRENT = "/api/v3/runners";
    private static final String OLDER = "/api/v1/runners";

    private static final Successor SUCCESSOR =
            new Successor(CURRENT, Instant.parse("2026-11-24T00:00:00Z"), Instant.parse("2028-11-24T00:00:00Z"));

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
        routes(CURRENT, RunnerJson::of).forEach(router::add);
        routes(OLDER, RunnerCompatRoutes::old).forEach(route -> router.add(route.supersededBy(SUCCESSOR)));
    }

    private List<Router.Route> routes(String all, Function<RunnerState, ObjectNode> shape) {
        String one = all + "/{runner}";
        return List.of(
                read(all, request -> list(request, shape)),
                read(one, request -> get(request, shape)),
                read(one + "/describe", request -> get(request, shape)),
                read(one + "/health", this::health),
                manage("GET", one + "/manifest", manifests::manifest),
                manage("POST", one, request -> create(request, shape)),
                manage("DELETE", one, this::delete),
                manage("PUT", all + "/description/{runner}", request -> describe(request, shape)),
                manage("POST", one + "/ops", this::operate));
    }

    private static Router.Route read(String pattern, Handler handler) {
        return Router.Route.of("GET", pattern, Scope.RUNNERS_READ, handler);
    }

    private static Router.Route manage(String method, String pattern, Handler handler) {
        return Router.Route.of(method, pattern, Scope.RUNNERS_MANAGE, handler);
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
        return shown(runners.get(request.caller(), request.parameter("runner")), shape);
    }

    private static Response shown(RunnerState state, Function<RunnerState, ObjectNode> shape) {
        return Response.ok(shape.apply(state))
                .withTagOfState(state.runner().id(), state.runner().version());
    }

    private Response create(Request request, Function<RunnerState, ObjectNode> shape) throws IOException {
        RunnerService.WithToken made =
                runners.create(request.caller(), request.parameter("runner"), request.jsonObject(), false);
        return Response.ok(shape.apply(made.state())
                        .put("url", manifests.url(request, made.token()))
                        .put("token", made.token().text()))
                .withTag(made.state().runner().id(), made.state().runner().version())
                .withHeader("Cache-Control", "no-store");
    }

    private Response describe(Request request, Function<RunnerState, ObjectNode> shape) throws IOException {
        JsonFields fields = request.fields();
        String description = fields.requiredText("description", 10_000);
        fields.check(false);
        ObjectNode change = Json.object().put("description", description);
        RunnerState changed = runners.update(
                request.caller(),
                request.parameter("runner"),
                request.precondition(),
                stored -> MergePatch.replaceSent(stored, change),
                false);
        return shown(changed, shape);
    }

    private Response delete(Request request) {
        runners.delete(
                request.caller(), request.parameter("runner"), request.precondition(), RunnerRoutes.isForced(request));
        return Response.deleted();
    }

    private Response operate(Request request) throws IOException {
        return Response.ok(RunnerRoutes.operated(request, runners, manifests, clock));
    }

    private Response health(Request request) {
        return Response.ok(RunnerJson.oldHealth(
                runners.get(request.caller(), request.parameter("runner")).health()));
    }
}

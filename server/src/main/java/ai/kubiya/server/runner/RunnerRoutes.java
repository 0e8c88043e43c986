package ai.kubiya.server.runner;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.runner.token.NewRunnerToken;
import ai.kubiya.server.runner.token.RunnerToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** HTTP of runners on the documented surface. */
public final class RunnerRoutes implements Routes {
    private static final String ALL = "/v1/runners";
    private static final String ONE = ALL + "/{runner}";

    private final RunnerService runners;
    private final InstallRoutes manifests;
    private final Clock clock;

    public RunnerRoutes(RunnerService runners, InstallRoutes manifests, Clock clock) {
        this.runners = runners;
        this.manifests = manifests;
        this.clock = clock;
    }

    @Override
    public void addTo(Router router) {
        router.get(ALL, Scope.RUNNERS_READ, this::list)
                .post(ONE, Scope.RUNNERS_MANAGE, this::create)
                .get(ONE, Scope.RUNNERS_READ, this::get)
                .get(ONE + "/describe", Scope.RUNNERS_READ, this::get)
                .put(ONE, Scope.RUNNERS_MANAGE, request -> change(request, false))
                .patch(ONE, Scope.RUNNERS_MANAGE, request -> change(request, true))
                .delete(ONE, Scope.RUNNERS_MANAGE, this::delete)
                .get(ONE + "/health", Scope.RUNNERS_READ, this::health)
                .post(ONE + "/ops", Scope.RUNNERS_MANAGE, this::operate)
                .get(ONE + "/tokens", Scope.RUNNERS_READ, this::tokens)
                .post(ONE + "/tokens", Scope.RUNNERS_MANAGE, this::addToken)
                .get(ONE + "/tokens/{runner_token}", Scope.RUNNERS_READ, this::token)
                .delete(ONE + "/tokens/{runner_token}", Scope.RUNNERS_MANAGE, this::revokeToken);
    }

    private Response list(Request request) {
        return Response.list(
                request,
                runners.list(request.caller(), request.range(), List.of(Runners.LOCAL))
                        .map(RunnerJson::of));
    }

    private Response get(Request request) {
        return shown(runners.get(request.caller(), request.parameter("runner")));
    }

    private static Response shown(RunnerState state) {
        return Response.ok(RunnerJson.of(state))
                .withTagOfState(state.runner().id(), state.runner().version());
    }

    private Response create(Request request) throws IOException {
        RunnerService.WithToken made =
                runners.create(request.caller(), request.parameter("runner"), request.jsonObject(), request.strict());
        ObjectNode json = withToken(request, made);
        Response response = made.created()
                ? Response.created(ALL + "/" + made.state().runner().name(), json)
                : Response.ok(json);
        Runner runner = made.state().runner();
        return response.withTag(runner.id(), runner.version()).withHeader("Cache-Control", "no-store");
    }

    private ObjectNode withToken(Request request, RunnerService.WithToken made) {
        return RunnerJson.of(made.state())
                .put("url", manifests.url(request, made.token()))
                .put("token", made.token().text());
    }

    private Response change(Request request, boolean merge) throws IOException {
        ObjectNode sent = request.jsonObject();
        return shown(runners.update(
                request.caller(),
                request.parameter("runner"),
                request.precondition(),
                stored -> merge ? MergePatch.merge(stored, sent) : MergePatch.replaceSent(stored, sent),
                request.strict()));
    }

    private Response delete(Request request) {
        runners.delete(request.caller(), request.parameter("runner"), request.precondition(), isForced(request));
        return Response.deleted();
    }

    /** The header of existing clients, or the query parameter. */
    static boolean isForced(Request request) {
        return request.queryFlag("force")
                || request.header("force")
                        .map(value -> value.equalsIgnoreCase("true"))
                        .orElse(false);
    }

    private Response health(Request request) {
        return Response.ok(RunnerJson.health(
                runners.get(request.caller(), request.parameter("runner")).health()));
    }

    private Response operate(Request request) throws IOException {
        return Response.ok(operated(request, runners, manifests, clock));
    }

    /** Does what the body says and tells of it, on either surface. */
    static ObjectNode operated(Request request, RunnerService runners, InstallRoutes manifests, Clock clock)
            throws IOException {
        Operation operation = Operation.of(request.fields(), request.strict());
        @Nullable NewRunnerToken token = runners.operate(request.caller(), request.parameter("runner"), operation);
        ObjectNode json = Json.object()
                .put("operation", operation.kind().wireName())
                .put("status", "success")
                .put("message", message(operation.kind()))
                .put("timestamp", Json.time(clock.instant()));
        if (token != null) {
            json.put("token", token.text()).put("url", manifests.url(request, token));
        }
        return json;
    }

    private static String message(Operation.Kind kind) {
        return switch (kind) {
            case RESTART -> "Its processes end their work and start anew.";
            case DRAIN -> "It takes no more work; what runs goes on.";
            case RESUME -> "It takes work again.";
            case ROTATE_TOKEN -> "This is its new token; it is shown only now.";
        };
    }

    private Response tokens(Request request) {
        List<RunnerToken> tokens = runners.tokens(request.caller(), request.parameter("runner"));
        return Response.list(request, Page.of(tokens, request.range()).map(RunnerToken::toJson));
    }

    private Response addToken(Request request) throws IOException {
        JsonFields fields = request.fields();
        String purpose = fields.text("purpose", 200, "");
        fields.check(request.strict());
        RunnerService.AddedToken added = runners.addToken(request.caller(), request.parameter("runner"), purpose);
        RunnerToken row = added.made().row();
        NewRunnerToken token = added.made().token();
        ObjectNode json = row.toJson()
                .put("runner", added.runner().name())
                .put("token", token.text())
                .put("url", manifests.url(request, token));
        return Response.created(ALL + "/" + added.runner().name() + "/tokens/" + row.id(), json)
                .withTag(row.id(), RunnerToken.VERSION)
                .withHeader("Cache-Control", "no-store");
    }

    private static UUID tokenId(Request request) {
        return request.uuid("runner_token", "token");
    }

    private Response token(Request request) {
        RunnerToken token = runners.token(request.caller(), request.parameter("runner"), tokenId(request));
        return Response.ok(token.toJson()).withTagOfState(token.id(), RunnerToken.VERSION);
    }

    private Response revokeToken(Request request) {
        runners.revokeToken(request.caller(), request.parameter("runner"), tokenId(request), request.precondition());
        return Response.deleted();
    }
}

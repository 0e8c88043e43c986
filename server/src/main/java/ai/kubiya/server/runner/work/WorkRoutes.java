package ai.kubiya.server.runner.work;

import ai.kubiya.protocol.remote.EventsRequest;
import ai.kubiya.protocol.remote.FinishRequest;
import ai.kubiya.protocol.remote.GoodbyeRequest;
import ai.kubiya.protocol.remote.HeartbeatRequest;
import ai.kubiya.protocol.remote.HeldLease;
import ai.kubiya.protocol.remote.LeaseRequest;
import ai.kubiya.protocol.remote.ProcessReport;
import ai.kubiya.protocol.remote.Wire;
import ai.kubiya.server.access.RunnerIdentity;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.Map;

/** HTTP of remote runners' work. A runner's token opens these routes and no others. */
public final class WorkRoutes implements Routes {
    private static final String ONE = "/api/v3/runners/{runner}/";
    /** Output arrives in batches; JSON may need six characters for one. */
    private static final long BODY_LIMIT = 16L << 20;

    private final RemoteWork work;

    public WorkRoutes(RemoteWork work) {
        this.work = work;
    }

    /** Answers one call; null = there is nothing to say. */
    @FunctionalInterface
    private interface Call<T> {
        Object answer(RunnerIdentity runner, T message) throws InterruptedException;
    }

    @FunctionalInterface
    private interface Report<T> {
        void take(RunnerIdentity runner, T message);
    }

    @Override
    public void addTo(Router router) {
        call(router, "register", ProcessReport.class, work::register);
        call(router, "heartbeat", HeartbeatRequest.class, work::heartbeat);
        call(router, "lease", LeaseRequest.class, work::lease);
        call(router, "terraform/lease", LeaseRequest.class, work::leaseTerraform);
        call(router, "begin", HeldLease.class, work::begin);
        report(router, "release", HeldLease.class, work::giveBack);
        report(router, "events", EventsRequest.class, work::events);
        report(router, "finish", FinishRequest.class, work::finish);
        report(router, "goodbye", GoodbyeRequest.class, work::goodbye);
    }

    private static <T> void report(Router router, String name, Class<T> type, Report<T> report) {
        call(router, name, type, (runner, message) -> {
            report.take(runner, message);
            return Json.object().put("result", "ok");
        });
    }

    private static <T> void call(Router router, String name, Class<T> type, Call<T> call) {
        router.add(Router.Route.ofRunner("POST", ONE + name, request -> answer(request, type, call))
                .withBodyLimit(BODY_LIMIT));
    }

    private static <T> Response answer(Request request, Class<T> type, Call<T> call)
            throws IOException, InterruptedException {
        return answer(call.answer(runner(request), message(request, type)));
    }

    /** A message as the answer to a runner. */
    public static Response answer(Object message) throws IOException {
        return new Response.Whole(
                200, Map.of("Cache-Control", "no-store"), "application/json", Wire.MAPPER.writeValueAsBytes(message));
    }

    /**
     * The runner that asks.
     *
     * @throws ApiException 403 when it calls itself by another's name
     */
    public static RunnerIdentity runner(Request request) {
        RunnerIdentity runner = request.runner();
        String name = request.parameter("runner");
        if (!name.equals(Wire.SELF) && !name.equals(runner.name())) {
            throw ApiException.of(
                    ErrorCode.ACCESS_DENIED,
                    "This token is of the runner \"" + runner.name() + "\" and not of \"" + name + "\".");
        }
        return runner;
    }

    /**
     * The message that a runner sent.
     *
     * @throws ApiException 400 when it is none of this type
     */
    public static <T> T message(Request request, Class<T> type) throws IOException {
        try {
            return Wire.MAPPER.treeToValue(request.jsonObject(), type);
        } catch (JsonProcessingException e) {
            throw ApiException.invalid("/", "is no " + type.getSimpleName() + ": " + e.getOriginalMessage());
        }
    }
}

package ai.kubiya.server.state;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Passes;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What Terraform's {@code http} backend speaks. A state holds every secret that Terraform knows, so already reading it
 * needs the scope to write.
 */
public final class StateRoutes implements Routes {
    /** States up to 50 MB, and room for those who count in other units. */
    private static final long LARGEST_STATE = 64L << 20;

    private static final long LARGEST_LOCK = 64 << 10;
    private static final String RAW = "/v1/projects/{project}/state/raw";

    private final StateService states;
    private final StateLocks locks;
    private final Passes passes;

    /**
     * The routes.
     *
     * @param passes what runs show in place of a key
     */
    public StateRoutes(StateService states, StateLocks locks, Passes passes) {
        this.states = states;
        this.locks = locks;
        this.passes = passes;
    }

    @Override
    public void addTo(Router router) {
        router.add(Router.Route.of("GET", RAW, Scope.PROJECTS_WRITE, this::read).withPasses(passes))
                .add(Router.Route.of("POST", RAW, Scope.PROJECTS_WRITE, this::write)
                        .withPasses(passes)
                        .withBodyLimit(LARGEST_STATE))
                .add(Router.Route.of("DELETE", RAW, Scope.PROJECTS_WRITE, this::delete)
                        .withPasses(passes))
                .add(small("LOCK", RAW, this::lock))
                .add(small("UNLOCK", RAW, this::unlock))
                .add(small("POST", "/v1/projects/{project}/state/lock", this::lock))
                .add(small("POST", "/v1/projects/{project}/state/unlock", this::unlock));
    }

    private Router.Route small(String method, String pattern, ai.kubiya.server.http.Handler handler) {
        return Router.Route.of(method, pattern, Scope.PROJECTS_WRITE, handler)
                .withPasses(passes)
                .withBodyLimit(LARGEST_LOCK);
    }

    private static String lockId(Request request) {
        return request.query("ID").orElse("");
    }

    private Response read(Request request) throws IOException {
        String project = request.parameter("project");
        Optional<StateVersion> current = states.current(request.caller(), project);
        return current.isPresent()
                ? stream(states.download(request.caller(), project, current.get()), current.get())
                // Terraform takes a 404 for an empty state too, but so it would a project that does not exist.
                : new Response.Whole(204, Map.of(), "application/json", new byte[0]);
    }

    /** A version's state, piece by piece. */
    static Response stream(InputStream state, StateVersion version) {
        Map<String, String> headers = Map.of(
                "Content-MD5",
                version.md5(),
                "Content-Length",
                Long.toString(version.size()),
                "Cache-Control",
                "no-store",
                "X-State-Version",
                Long.toString(version.number()));
        return new Response.Stream(200, headers, "application/json", out -> {
            try (state) {
                state.transferTo(out);
            }
        });
    }

    private Response write(Request request) throws IOException {
        StateService.Writing writing = new StateService.Writing(
                lockId(request), request.header("Content-MD5").orElse(null));
        try (InputStream body = request.body()) {
            StateVersion version = states.write(request.caller(), request.parameter("project"), writing, body);
            return Response.ok(version.toJson());
        }
    }

    private Response delete(Request request) {
        states.delete(request.caller(), request.parameter("project"), lockId(request));
        return Response.deleted();
    }

    private Response lock(Request request) throws IOException {
        Optional<HeldLock> other = locks.lock(request.caller(), request.parameter("project"), request.jsonObject());
        return other.isEmpty()
                ? Response.ok(Json.object().put("result", "ok"))
                : new Response.Whole(
                        ErrorCode.LOCKED.status(),
                        Map.of(),
                        "application/json",
                        other.get().info().getBytes(StandardCharsets.UTF_8));
    }

    private Response unlock(Request request) throws IOException {
        locks.unlock(request.caller(), request.parameter("project"), request.jsonObject());
        return Response.ok(Json.object().put("result", "ok"));
    }
}

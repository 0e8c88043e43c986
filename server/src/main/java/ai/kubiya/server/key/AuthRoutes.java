package ai.kubiya.server.key;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Router.Route;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.user.User;
import ai.kubiya.server.user.UserService;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import java.util.function.Consumer;

/** Who am I, and is my key good? Any valid key may ask. */
public final class AuthRoutes implements Routes {
    private final ApiKeyService keys;
    private final UserService users;
    private final Consumer<Caller> seen;

    /**
     * The routes.
     *
     * @param seen is told of who asked
     */
    public AuthRoutes(ApiKeyService keys, UserService users, Consumer<Caller> seen) {
        this.keys = keys;
        this.users = users;
        this.seen = seen;
    }

    @Override
    public void addTo(Router router) {
        for (String prefix : new String[] {"/v1/auth", "/api/v1/auth"}) {
            router.add(Route.anyKey("GET", prefix + "/me", request -> Response.ok(me(seen(request)))));
            router.add(Route.anyKey("GET", prefix + "/validate", request -> {
                seen(request);
                return Response.ok(Json.object().put("valid", true));
            }));
        }
    }

    private Caller seen(Request request) {
        seen.accept(request.caller());
        return request.caller();
    }

    private ObjectNode me(Caller caller) {
        User user = users.self(caller);
        ApiKey key = keys.own(caller);
        ObjectNode body = Json.object();
        body.putObject("user")
                .put("id", user.id().toString())
                .put("uuid", user.id().toString())
                .put("name", user.name())
                .put("email", user.email())
                .set(
                        "groups",
                        Json.array(user.groups().stream().map(UUID::toString).toList()));
        body.putObject("organization")
                .put("id", caller.organizationId().toString())
                .put("uuid", caller.organizationId().toString())
                .put("name", caller.organizationName());
        body.putObject("key")
                .put("id", key.id().toString())
                .put("uuid", key.id().toString())
                .put("name", key.name())
                .put("prefix", key.prefix())
                .put("expires_at", Json.time(key.expiresAt()))
                .put("rate_limit_per_minute", key.limits().perMinute())
                .put("rate_limit_per_day", key.limits().perDay());
        body.set(
                "scopes",
                Json.array(
                        caller.scopes().stream().sorted().map(Scope::wireName).toList()));
        return body;
    }
}

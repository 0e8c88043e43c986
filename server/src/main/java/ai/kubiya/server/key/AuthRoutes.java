package ai.kubiya.server.key;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Router.Route;
import ai.kubiya.server.http.Routes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/** Who am I, and is my key good? Any valid key may ask. */
public final class AuthRoutes implements Routes {
    private final Consumer<Caller> seen;

    /**
     * The routes.
     *
     * @param seen is told of who asked
     */
    public AuthRoutes(Consumer<Caller> seen) {
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

    private static ObjectNode me(Caller caller) {
        ObjectNode body = Json.object();
        body.putObject("user")
                .put("id", caller.userId().toString())
                .put("uuid", caller.userId().toString())
                .put("email", caller.email());
        body.putObject("organization")
                .put("id", caller.organizationId().toString())
                .put("name", caller.organizationName());
        body.putObject("key").put("id", caller.keyId().toString()).put("name", caller.keyName());
        body.set(
                "scopes",
                Json.array(caller.scopes().stream().map(Scope::wireName).toList()));
        return body;
    }
}

package ai.kubiya.server.user;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Router.Route;
import ai.kubiya.server.http.Routes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;

/** HTTP of users. Whoever has a key may know the colleagues; only administrators change them. */
public final class UserRoutes implements Routes {
    private final UserService users;

    public UserRoutes(UserService users) {
        this.users = users;
    }

    @Override
    public void addTo(Router router) {
        for (String base : new String[] {"/v1/users", "/api/v1/users"}) {
            router.add(Route.anyKey("GET", base, this::list))
                    .add(Route.anyKey("GET", base + "/self", request -> shown(users.self(request.caller()))));
        }
        router.add(Route.anyKey("GET", "/v1/users/{user}", this::get))
                .post("/v1/users", Scope.ADMIN, this::create)
                .put("/v1/users/{user}", Scope.ADMIN, request -> change(request, false))
                .patch("/v1/users/{user}", Scope.ADMIN, request -> change(request, true))
                .delete("/v1/users/{user}", Scope.ADMIN, this::remove);
    }

    private static Response shown(User user) {
        return Response.ok(UserJson.of(user)).withTag(user.id(), user.version());
    }

    private Response list(Request request) {
        Boolean active = request.query("status")
                .map(text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "active", "true" -> true;
                    case "disabled", "false" -> false;
                    default -> throw ApiException.invalid("status", "must be active or disabled, got \"" + text + "\"");
                })
                .orElse(null);
        String email = request.query("email").orElse(null);
        return Response.list(
                request,
                users.list(request.caller(), email, active, request.range()).map(UserJson::of));
    }

    private Response get(Request request) {
        return shown(users.get(request.caller(), request.parameter("user")));
    }

    private Response create(Request request) throws IOException {
        User user = users.create(request.caller(), request.jsonObject(), request.strict());
        return Response.created(request, "/v1/users/" + user.id(), UserJson.of(user))
                .withTag(user.id(), user.version());
    }

    private Response change(Request request, boolean merge) throws IOException {
        ObjectNode sent = request.jsonObject();
        return shown(users.update(
                request.caller(),
                request.parameter("user"),
                request.precondition(),
                stored -> merge ? MergePatch.merge(stored, sent) : MergePatch.replaceSent(stored, sent),
                request.strict()));
    }

    private Response remove(Request request) {
        users.remove(request.caller(), request.parameter("user"), request.precondition());
        return Response.deleted();
    }
}

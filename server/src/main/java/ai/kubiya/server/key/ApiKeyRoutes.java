package ai.kubiya.server.key;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Router.Route;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.http.Surface;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.UUID;

/** HTTP of keys. Every valid key may look after its user's keys; what it may give, {@link ApiKeyService} decides. */
public final class ApiKeyRoutes implements Routes {
    private final ApiKeyService keys;
    private final Clock clock;

    public ApiKeyRoutes(ApiKeyService keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public void addTo(Router router) {
        for (String base : new String[] {"/v1/auth/keys", "/api/v1/auth/keys"}) {
            String one = base + "/{key}";
            router.add(Route.anyKey("GET", base, this::list))
                    .add(Route.anyKey("POST", base, this::create))
                    .add(Route.anyKey("GET", one, request -> shown(keys.get(request.caller(), id(request)))))
                    .add(Route.anyKey("PUT", one, request -> change(request, false)))
                    .add(Route.anyKey("PATCH", one, request -> change(request, true)))
                    .add(Route.anyKey("DELETE", one, this::revoke));
        }
    }

    private static UUID id(Request request) {
        return request.uuid("key", "key");
    }

    private ObjectNode json(ApiKey key) {
        return ApiKeyJson.of(key, clock.instant());
    }

    private Response shown(ApiKey key) {
        return Response.ok(json(key)).withTag(key.id(), key.version());
    }

    private Response list(Request request) {
        Page<ObjectNode> page = keys.list(
                        request.caller(),
                        request.query("status").orElse(null),
                        request.query("user").orElse(null),
                        request.range())
                .map(this::json);
        Response list = Response.list(request, page);
        if (request.surface() == Surface.DOCUMENTED) {
            return list;
        }
        // The one list of the compatibility surface that is no bare array.
        ObjectNode body = Json.object();
        ArrayNode rows = body.putArray("keys");
        page.rows().forEach(rows::add);
        return Response.json(200, list.headers(), body);
    }

    private Response create(Request request) throws IOException {
        ApiKeyService.Made made = keys.create(request.caller(), request.jsonObject(), request.strict());
        ApiKey key = made.key();
        ObjectNode body = json(key).put("key", made.secret().text());
        return Response.created(request, "/v1/auth/keys/" + key.id(), body)
                .withTag(key.id(), key.version())
                .withHeader("Cache-Control", "no-store");
    }

    private Response change(Request request, boolean merge) throws IOException {
        ObjectNode sent = request.jsonObject();
        return shown(keys.update(
                request.caller(),
                id(request),
                request.precondition(),
                stored -> merge ? MergePatch.merge(stored, sent) : MergePatch.replaceSent(stored, sent),
                request.strict()));
    }

    private Response revoke(Request request) {
        keys.revoke(request.caller(), id(request), request.precondition());
        return Response.deleted();
    }
}

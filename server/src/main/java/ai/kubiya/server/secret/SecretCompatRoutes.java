package ai.kubiya.server.secret;

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
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** HTTP of secrets as existing clients know it: version 2, and version 1 that it took the place of (contract, section 13). */
public final class SecretCompatRoutes implements Routes {
    private static final String CURRENT = "/api/v2/secrets";
    private static final String OLDER = "/api/v1/secrets";
    /** Another spelling of version 1, in one of the SDKs. */
    private static final String OLDEST = "/api/v1/secret";

    private static final Successor SUCCESSOR =
            new Successor(CURRENT, Instant.parse("2026-11-24T00:00:00Z"), Instant.parse("2028-11-24T00:00:00Z"));

    private final Secrets secrets;

    public SecretCompatRoutes(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public void addTo(Router router) {
        router.get(CURRENT, Scope.SECRETS_READ, this::list)
                .post(CURRENT, Scope.SECRETS_WRITE, this::create)
                .get(CURRENT + "/{secret}", Scope.SECRETS_READ, this::get)
                .put(CURRENT + "/{secret}", Scope.SECRETS_WRITE, this::update)
                .delete(CURRENT + "/{secret}", Scope.SECRETS_WRITE, this::delete)
                .get(CURRENT + "/get_value/{secret}", Scope.SECRETS_READ, this::encodedValue);
        older(router, "GET", OLDER, Scope.SECRETS_READ, this::list);
        older(router, "POST", OLDER, Scope.SECRETS_WRITE, this::create);
        older(router, "GET", OLDER + "/{secret}", Scope.SECRETS_READ, this::get);
        older(router, "POST", OLDER + "/{secret}", Scope.SECRETS_WRITE, this::set);
        older(router, "PUT", OLDER + "/{secret}", Scope.SECRETS_WRITE, this::update);
        older(router, "DELETE", OLDER + "/{secret}", Scope.SECRETS_WRITE, this::delete);
        older(router, "GET", OLDER + "/get_value/{secret}", Scope.SECRETS_READ, this::namedValue);
        older(router, "GET", OLDEST + "/get_secret_value/{secret}", Scope.SECRETS_READ, this::namedValue);
        older(router, "PUT", OLDEST + "/update_secret", Scope.SECRETS_WRITE, this::updateNamed);
        older(router, "DELETE", OLDEST + "/{secret}", Scope.SECRETS_WRITE, this::delete);
    }

    private static void older(Router router, String method, String pattern, Scope scope, Handler handler) {
        router.add(Router.Route.of(method, pattern, scope, handler).supersededBy(SUCCESSOR));
    }

    private Response list(Request request) {
        return Response.list(
                request, secrets.list(request.caller(), request.range()).map(SecretJson::compatible));
    }

    private Response get(Request request) {
        return shown(secrets.get(request.caller(), request.parameter("secret")));
    }

    private static Response shown(Secret secret) {
        return Response.ok(SecretJson.compatible(secret)).withTag(secret.id(), secret.version());
    }

    private Response create(Request request) throws IOException {
        return shown(secrets.create(request.caller(), request.jsonObject(), false));
    }

    private Response update(Request request) throws IOException {
        return update(request, request.parameter("secret"), request.jsonObject());
    }

    private Response updateNamed(Request request) throws IOException {
        JsonFields fields = request.fields();
        String name = fields.requiredText(fields.has("secret_name") ? "secret_name" : "name", 200);
        fields.check(false);
        return update(request, name, request.jsonObject());
    }

    private Response update(Request request, String name, ObjectNode sent) {
        return shown(secrets.update(
                request.caller(), name, request.precondition(), stored -> MergePatch.replaceSent(stored, sent), false));
    }

    private Response set(Request request) throws IOException {
        return shown(secrets.set(request.caller(), request.parameter("secret"), request.jsonObject()));
    }

    private Response delete(Request request) {
        secrets.delete(request.caller(), request.parameter("secret"), request.precondition());
        return Response.deleted();
    }

    private Response encodedValue(Request request) {
        Secrets.Revealed revealed = secrets.reveal(request.caller(), request.parameter("secret"));
        byte[] bytes = revealed.value().getBytes(StandardCharsets.UTF_8);
        return value(
                revealed.secret(), Response.ok(new TextNode(Base64.getEncoder().encodeToString(bytes))));
    }

    private Response namedValue(Request request) {
        Secrets.Revealed revealed = secrets.reveal(request.caller(), request.parameter("secret"));
        ObjectNode json = Json.object().put("name", revealed.secret().name()).put("value", revealed.value());
        return value(revealed.secret(), Response.ok(json));
    }

    /** The tag is that of the secret: one made of the answer would be a hash of the value. */
    private static Response value(Secret secret, Response response) {
        return response.withHeader("Cache-Control", "no-store").withTag(secret.id(), secret.version());
    }
}

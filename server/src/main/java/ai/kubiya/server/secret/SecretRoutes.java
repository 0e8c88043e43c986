package ai.kubiya.server.secret;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** HTTP of secrets on the documented surface. */
public final class SecretRoutes implements Routes {
    private static final String PATH = "/v1/secrets";

    private final Secrets secrets;

    public SecretRoutes(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public void addTo(Router router) {
        router.get(PATH, Scope.SECRETS_READ, this::list)
                .post(PATH, Scope.SECRETS_WRITE, this::create)
                .get(PATH + "/{secret}", Scope.SECRETS_READ, this::get)
                .put(PATH + "/{secret}", Scope.SECRETS_WRITE, request -> change(request, false))
                .patch(PATH + "/{secret}", Scope.SECRETS_WRITE, request -> change(request, true))
                .delete(PATH + "/{secret}", Scope.SECRETS_WRITE, this::delete)
                .get(PATH + "/{secret}/value", Scope.SECRETS_READ, this::value);
    }

    private Response list(Request request) {
        return Response.list(
                request, secrets.list(request.caller(), request.range()).map(SecretJson::of));
    }

    private Response get(Request request) {
        return shown(secrets.get(request.caller(), request.parameter("secret")));
    }

    private static Response shown(Secret secret) {
        return Response.ok(SecretJson.of(secret)).withTag(secret.id(), secret.version());
    }

    private Response create(Request request) throws IOException {
        Secret secret = secrets.create(request.caller(), request.jsonObject(), request.strict());
        return Response.created(request, PATH + "/" + secret.name(), SecretJson.of(secret))
                .withTag(secret.id(), secret.version());
    }

    private Response change(Request request, boolean merge) throws IOException {
        ObjectNode sent = request.jsonObject();
        return shown(secrets.update(
                request.caller(),
                request.parameter("secret"),
                request.precondition(),
                stored -> merge ? MergePatch.merge(stored, sent) : MergePatch.replaceSent(stored, sent),
                request.strict()));
    }

    private Response delete(Request request) {
        secrets.delete(request.caller(), request.parameter("secret"), request.precondition());
        return Response.deleted();
    }

    private Response value(Request request) {
        Secrets.Revealed revealed = secrets.reveal(request.caller(), request.parameter("secret"));
        return Response.ok(Json.object().put("name", revealed.secret().name()).put("value", revealed.value()))
                .withHeader("Cache-Control", "no-store");
    }
}

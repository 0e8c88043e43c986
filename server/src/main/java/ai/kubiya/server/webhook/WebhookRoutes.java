package ai.kubiya.server.webhook;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.webhook.definition.Kind;
import ai.kubiya.server.webhook.definition.Webhook;
import ai.kubiya.server.webhook.definition.WebhookJson;
import ai.kubiya.server.webhook.definition.Webhooks;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * HTTP of webhooks themselves: {@code /webhooks} has both directions, {@code /api/v1/event} is what existing clients know
 * incoming ones by.
 */
public final class WebhookRoutes implements Routes {
    private static final String DOCUMENTED = "/v1/webhooks";
    private static final int LONGEST_OVERLAP = 7 * 86_400;

    private final Webhooks webhooks;

    public WebhookRoutes(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Override
    public void addTo(Router router) {
        for (String base : List.of(DOCUMENTED, "/api/v1/webhooks")) {
            add(router, base, null);
            router.post(base + "/{webhook}/rotate-secret", Scope.WEBHOOKS_MANAGE, this::rotate);
        }
        add(router, "/api/v1/event", Kind.INCOMING);
    }

    /** @param kind the only one to be seen there; null = both */
    private void add(Router router, String base, @Nullable Kind kind) {
        String one = base + "/{webhook}";
        router.get(base, Scope.WEBHOOKS_MANAGE, request -> list(request, kind))
                .post(base, Scope.WEBHOOKS_MANAGE, request -> create(request, kind))
                .get(one, Scope.WEBHOOKS_MANAGE, request -> get(request, kind))
                .put(one, Scope.WEBHOOKS_MANAGE, request -> change(request, kind, false))
                .patch(one, Scope.WEBHOOKS_MANAGE, request -> change(request, kind, true))
                .delete(one, Scope.WEBHOOKS_MANAGE, request -> delete(request, kind));
    }

    static UUID id(Request request) {
        return request.uuid("webhook", "webhook");
    }

    private Response list(Request request, @Nullable Kind kind) {
        Kind wanted =
                kind != null ? kind : request.query("kind").flatMap(Kind::find).orElse(null);
        return Response.list(
                request,
                webhooks.list(request.caller(), wanted, request.range()).map(WebhookJson::of));
    }

    private Response get(Request request, @Nullable Kind kind) {
        return shown(webhooks.get(request.caller(), id(request), kind));
    }

    private static Response shown(Webhook webhook) {
        return Response.ok(WebhookJson.of(webhook)).withTagOfState(webhook.id(), webhook.version());
    }

    private Response create(Request request, @Nullable Kind kind) throws IOException {
        Webhooks.Fresh made = webhooks.create(request.caller(), request.jsonObject(), kind, request.strict());
        Webhook webhook = made.webhook();
        return Response.created(request, DOCUMENTED + "/" + webhook.id(), WebhookJson.of(webhook, made.secret()))
                .withTag(webhook.id(), webhook.version());
    }

    private Response change(Request request, @Nullable Kind kind, boolean merge) throws IOException {
        ObjectNode sent = request.jsonObject();
        return shown(webhooks.update(
                request.caller(),
                id(request),
                kind,
                request.precondition(),
                stored -> merge ? MergePatch.merge(stored, sent) : MergePatch.replaceSent(stored, sent),
                request.strict()));
    }

    private Response delete(Request request, @Nullable Kind kind) {
        webhooks.delete(request.caller(), id(request), kind, request.precondition());
        return Response.deleted();
    }

    private Response rotate(Request request) throws IOException {
        JsonFields fields = request.fields();
        long overlap = fields.integer("overlap_seconds", 0, LONGEST_OVERLAP).orElse(86_400L);
        fields.check(request.strict());
        Webhooks.Fresh fresh = webhooks.rotate(request.caller(), id(request), Duration.ofSeconds(overlap));
        return Response.ok(WebhookJson.of(fresh.webhook(), fresh.secret()))
                .withTag(fresh.webhook().id(), fresh.webhook().version());
    }
}

package ai.kubiya.server.integration;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.http.Successor;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** HTTP of integrations on both surfaces. */
public final class IntegrationRoutes implements Routes {
    private static final String DOCUMENTED = "/v1/integrations";
    private static final String COMPATIBLE = "/api/v2/integrations";
    private static final String OLDER = "/api/v1/integrations";
    private static final Successor SUCCESSOR =
            new Successor(COMPATIBLE, Instant.parse("2026-11-24T00:00:00Z"), Instant.parse("2028-11-24T00:00:00Z"));

    private final Integrations integrations;

    public IntegrationRoutes(Integrations integrations) {
        this.integrations = integrations;
    }

    @Override
    public void addTo(Router router) {
        for (String base : List.of(DOCUMENTED, COMPATIBLE)) {
            String one = base + "/{integration}";
            router.get(base, Scope.INTEGRATIONS_READ, this::list)
                    .post(base, Scope.INTEGRATIONS_WRITE, this::create)
                    .get(one, Scope.INTEGRATIONS_READ, this::get)
                    .put(one, Scope.INTEGRATIONS_WRITE, request -> change(request, false))
                    .patch(one, Scope.INTEGRATIONS_WRITE, request -> change(request, true))
                    .delete(one, Scope.INTEGRATIONS_WRITE, this::delete);
        }
        router.add(Router.Route.of("GET", OLDER, Scope.INTEGRATIONS_READ, this::list)
                .supersededBy(SUCCESSOR));
        router.add(Router.Route.of("GET", OLDER + "/{integration}", Scope.INTEGRATIONS_READ, this::get)
                .supersededBy(SUCCESSOR));
    }

    private Response list(Request request) {
        return Response.list(
                request, integrations.list(request.caller(), request.range()).map(Integration::toJson));
    }

    private Response get(Request request) {
        return shown(integrations.get(request.caller(), request.parameter("integration")));
    }

    private static Response shown(Integration integration) {
        return Response.ok(integration.toJson()).withTag(integration.id(), integration.version());
    }

    private Response create(Request request) throws IOException {
        Integration integration = integrations.create(request.caller(), request.jsonObject(), request.strict());
        return Response.created(request, DOCUMENTED + "/" + integration.id(), integration.toJson())
                .withTag(integration.id(), integration.version());
    }

    private Response change(Request request, boolean merge) throws IOException {
        ObjectNode sent = request.jsonObject();
        return shown(integrations.update(
                request.caller(),
                request.parameter("integration"),
                request.precondition(),
                stored -> merge ? MergePatch.merge(stored, sent) : MergePatch.replaceSent(stored, sent),
                request.strict()));
    }

    private Response delete(Request request) {
        integrations.delete(request.caller(), request.parameter("integration"), request.precondition());
        return Response.deleted();
    }
}

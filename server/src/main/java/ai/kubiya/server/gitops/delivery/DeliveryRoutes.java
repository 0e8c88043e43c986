package ai.kubiya.server.gitops.delivery;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.gitops.event.Posted;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import java.io.IOException;
import java.io.InputStream;

/** HTTP of events: where git hosts send them, and what became of them. */
public final class DeliveryRoutes implements Routes {
    /** GitHub sends no more. */
    private static final long LARGEST_EVENT = 25L << 20;

    private static final String ALL = "/v1/gitops/hooks/{git_hook}/deliveries";

    private final Deliveries deliveries;

    public DeliveryRoutes(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Override
    public void addTo(Router router) {
        router.add(Router.Route.open("POST", "/v1/gitops/{git_token}", this::receive)
                        .withBodyLimit(LARGEST_EVENT))
                .get(ALL, Scope.PROJECTS_READ, this::list)
                .get(ALL + "/{git_delivery}", Scope.PROJECTS_READ, this::get);
    }

    private Response receive(Request request) throws IOException {
        byte[] body;
        try (InputStream in = request.body()) {
            body = in.readAllBytes();
        }
        Deliveries.Taken taken =
                deliveries.receive(request.parameter("git_token"), new Posted(request.headers(), body));
        return Response.json(
                202,
                Json.object()
                        .put("id", taken.id().toString())
                        .put("status", taken.status().wireName())
                        .put("message", taken.message())
                        .put("duplicate", taken.again()));
    }

    private Response list(Request request) {
        return Response.list(
                request,
                deliveries.list(
                        request.caller(),
                        request.parameter("git_hook"),
                        request.query("status").orElse(null),
                        request.range()));
    }

    private Response get(Request request) {
        return Response.ok(deliveries.get(
                request.caller(), request.parameter("git_hook"), request.uuid("git_delivery", "delivery")));
    }
}

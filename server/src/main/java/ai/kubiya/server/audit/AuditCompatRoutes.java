package ai.kubiya.server.audit;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Map;

/** HTTP of the audit trail on the compatibility surface, whose clients page by {@code page} and {@code page_size}. */
public final class AuditCompatRoutes implements Routes {
    private static final String ITEMS = "/api/v1/auditing/items";
    /** The command line reads a thousand to find one item. */
    private static final int MOST_ROWS = 1000;

    private final AuditTrail trail;
    private final AuditFollower follower;

    public AuditCompatRoutes(AuditTrail trail, AuditFollower follower) {
        this.trail = trail;
        this.follower = follower;
    }

    @Override
    public void addTo(Router router) {
        router.get(ITEMS, Scope.AUDIT_READ, this::list)
                .get(ITEMS + "/stream", Scope.AUDIT_READ, this::lines)
                .get("/api/v1/auditing/stream", Scope.AUDIT_READ, this::events);
    }

    private Response list(Request request) {
        int size = (int) request.number("page_size", 50, 1, MOST_ROWS);
        long page = request.number("page", 1, 1, Integer.MAX_VALUE);
        boolean newestFirst = AuditQuery.newestFirst(request.query("sort").orElse(""));
        Page.Range range = new Page.Range(size, (page - 1) * size);
        ArrayNode rows = Json.array();
        trail.rows(request.caller(), filter(request), newestFirst, range).forEach(item -> rows.add(item.toJson()));
        return Response.ok(rows);
    }

    private static AuditFilter filter(Request request) {
        return AuditQuery.filter(request.query("filter").orElse(""));
    }

    /** Existing clients ask for an event stream here and read JSON values without any frame, until the connection ends. */
    private Response lines(Request request) {
        AuditFilter filter = filter(request);
        Long after = AuditRoutes.lastEventId(request);
        return new Response.Stream(
                200,
                Map.of("Cache-Control", "no-cache, no-transform", "X-Accel-Buffering", "no"),
                "application/x-ndjson",
                out -> follower.follow(request.caller().organizationId(), filter, after, AuditRoutes.Lines.to(out)));
    }

    private Response events(Request request) {
        AuditFilter filter = filter(request);
        Long after = AuditRoutes.lastEventId(request);
        return Response.eventStream(out -> follower.follow(
                request.caller().organizationId(), filter, after, new AuditRoutes.Events(new EventStream(out), null)));
    }
}

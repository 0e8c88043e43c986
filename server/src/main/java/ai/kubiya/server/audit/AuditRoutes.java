package ai.kubiya.server.audit;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** HTTP of the audit trail on the documented surface. */
public final class AuditRoutes implements Routes {
    private final AuditTrail trail;
    private final AuditFollower follower;

    public AuditRoutes(AuditTrail trail, AuditFollower follower) {
        this.trail = trail;
        this.follower = follower;
    }

    @Override
    public void addTo(Router router) {
        router.get("/v1/audit", Scope.AUDIT_READ, this::list)
                .get("/v1/audit/stream", Scope.AUDIT_READ, this::stream)
                .get("/v1/audit/{item}", Scope.AUDIT_READ, this::get);
    }

    private Response list(Request request) {
        return Response.list(
                request,
                trail.list(request.caller(), filter(request), request.range()).map(AuditItem::toJson));
    }

    private Response get(Request request) {
        return Response.ok(
                trail.get(request.caller(), request.uuid("item", "audit item")).toJson());
    }

    private static AuditFilter filter(Request request) {
        return new AuditFilter(
                request.query("from")
                        .map(text -> AuditQuery.moment("from", text))
                        .orElse(null),
                request.query("to").map(text -> AuditQuery.moment("to", text)).orElse(null),
                request.query("category").orElse(null),
                request.query("category_name").orElse(null),
                request.query("resource_type").orElse(null),
                request.query("resource").orElse(null),
                request.query("action").orElse(null),
                request.query("email").orElse(null),
                request.query("successful").isPresent() ? request.queryFlag("successful") : null,
                request.query("session_id").orElse(null));
    }

    private Response stream(Request request) {
        AuditFilter filter = filter(request);
        Long after = lastEventId(request);
        return Response.eventStream(out -> follower.follow(
                request.caller().organizationId(), filter, after, new Events(new EventStream(out), "audit")));
    }

    /** The place of the last item that a reader has, when it comes back. */
    static @Nullable Long lastEventId(Request request) {
        String id = request.header("Last-Event-ID")
                .or(() -> request.query("last_event_id"))
                .orElse("")
                .trim();
        if (id.isEmpty()) {
            return null;
        }
        try {
            long after = Long.parseLong(id);
            if (after >= 0) {
                return after;
            }
        } catch (NumberFormatException e) {
            // answered below
        }
        throw ApiException.invalid("Last-Event-ID", "must be the id of an event of this stream, got \"" + id + "\"");
    }

    /**
     * Items as server-sent events.
     *
     * @param name of each event; null = none
     */
    record Events(EventStream stream, @Nullable String name) implements AuditFollower.Reader {
        @Override
        public void begun() throws IOException {
            stream.heartbeat();
        }

        @Override
        public void item(AuditItem item) throws IOException {
            stream.send(Long.toString(item.position()), name, item.toJson());
        }

        @Override
        public void caughtUp() throws IOException {
            stream.flush();
        }

        @Override
        public void silence() throws IOException {
            stream.heartbeat();
        }
    }

    /** Items as JSON, one a line, with empty lines in between to keep the connection. */
    record Lines(EventStream stream) implements AuditFollower.Reader {
        static Lines to(OutputStream out) {
            return new Lines(new EventStream(out));
        }

        @Override
        public void begun() throws IOException {
            silence();
        }

        @Override
        public void item(AuditItem item) throws IOException {
            stream.line(item.toJson().toString());
        }

        @Override
        public void caughtUp() throws IOException {
            stream.flush();
        }

        @Override
        public void silence() throws IOException {
            stream.line("");
            stream.flush();
        }
    }
}

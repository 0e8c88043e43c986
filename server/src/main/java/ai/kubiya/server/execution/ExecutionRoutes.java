package ai.kubiya.server.execution;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** HTTP of executions: list, get, logs (whole or followed), cancel. */
public final class ExecutionRoutes implements Routes {
    private static final int MOST_ROWS = 1000;

    private final ExecutionService executions;
    private final EventFollower follower;

    public ExecutionRoutes(ExecutionService executions) {
        this.executions = executions;
        this.follower = new EventFollower(executions);
    }

    @Override
    public void addTo(Router router) {
        for (String base : List.of("/v1/executions", "/api/v1/executions")) {
            router.get(base, Scope.TOOLS_READ, this::list)
                    .get(base + "/{execution}", Scope.TOOLS_READ, this::get)
                    .get(base + "/{execution}/logs", Scope.TOOLS_READ, this::logs)
                    .post(base + "/{execution}/cancel", Scope.TOOLS_EXECUTE, this::cancel);
        }
    }

    private Response list(Request request) {
        Kind kind = word(request, "kind", Kind::ofWireName).orElse(null);
        Status status = word(request, "status", Status::ofWireName).orElse(null);
        String subject =
                request.query("tool").or(() -> request.query("subject")).orElse(null);
        return Response.list(
                request,
                executions
                        .list(request.caller(), kind, status, subject, request.bounded(MOST_ROWS))
                        .map(ExecutionJson::of));
    }

    private static <T> Optional<T> word(Request request, String name, Function<String, T> read) {
        return request.query(name).map(text -> {
            try {
                return read.apply(text.toLowerCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw ApiException.invalid(name, "\"" + text + "\" is not one of its values");
            }
        });
    }

    private Execution execution(Request request) {
        return executions.get(request.caller(), request.uuid("execution", "execution"));
    }

    private Response get(Request request) {
        return Response.ok(ExecutionJson.of(execution(request)));
    }

    private Response cancel(Request request) {
        return Response.ok(
                ExecutionJson.of(executions.cancel(request.caller(), request.uuid("execution", "execution"))));
    }

    private Response logs(Request request) {
        Execution execution = execution(request);
        if (!request.queryFlag("follow")) {
            Page.Range range = request.bounded(MOST_ROWS);
            List<ObjectNode> rows = executions.events(execution, range.offset(), range.limit()).stream()
                    .map(ExecutionJson::of)
                    .toList();
            return Response.list(request, new Page<>(rows, execution.lastSeq(), range));
        }
        return stream(execution, lastEventId(request));
    }

    /** Where a reader that lost its connection goes on; 0 = from the start. */
    public static long lastEventId(Request request) {
        Optional<String> id = request.header("Last-Event-ID").or(() -> request.query("last_event_id"));
        try {
            long after = Long.parseLong(id.orElse("0").trim());
            if (after >= 0) {
                return after;
            }
        } catch (NumberFormatException e) {
            // answered below
        }
        throw ApiException.invalid("Last-Event-ID", "must be the id of an event, got \"" + id.orElse("") + "\"");
    }

    /** The events of an execution as server-sent events, each with its number as id, until the last. */
    public Response stream(Execution execution, long after) {
        return Response.eventStream(out -> {
                    EventStream stream = new EventStream(out);
                    // The headers travel with the first byte, and the run may wait for its turn.
                    stream.heartbeat();
                    follower.follow(execution, after, new EventFollower.Reader() {
                        @Override
                        public void event(ExecutionEvent event) throws IOException {
                            stream.send(Long.toString(event.seq()), event.type(), ExecutionJson.of(event));
                        }

                        @Override
                        public void caughtUp() throws IOException {
                            stream.flush();
                        }

                        @Override
                        public void silence() throws IOException {
                            stream.heartbeat();
                        }
                    });
                })
                .withHeader("X-Execution-Id", execution.id().toString());
    }
}

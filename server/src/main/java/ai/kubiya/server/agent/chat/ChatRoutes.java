package ai.kubiya.server.agent.chat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.agent.chat.loop.TurnEvent;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionRoutes;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.http.Uuids;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** HTTP of conversations on the documented surface. */
public final class ChatRoutes implements Routes {
    private final SessionService sessions;
    private final TurnFollower follower;

    public ChatRoutes(SessionService sessions, TurnFollower follower) {
        this.sessions = sessions;
        this.follower = follower;
    }

    @Override
    public void addTo(Router router) {
        // An agent runs tools, so talking to one takes the scope that running them takes.
        for (String agents : List.of("/v1/agents", "/v1/teammates")) {
            router.post(agents + "/{agent}/sessions", Scope.TOOLS_EXECUTE, this::create)
                    .post(agents + "/{agent}/chat", Scope.TOOLS_EXECUTE, this::chat);
        }
        router.get("/v1/sessions", Scope.AGENTS_READ, this::list)
                .get("/v1/sessions/{session}", Scope.AGENTS_READ, this::get)
                .get("/v1/sessions/{session}/messages", Scope.AGENTS_READ, this::messages)
                .get("/v1/sessions/{session}/stream", Scope.AGENTS_READ, this::follow)
                .post("/v1/sessions/{session}/cancel", Scope.TOOLS_EXECUTE, this::cancel);
    }

    private Response create(Request request) throws IOException {
        JsonFields fields = request.fields().ignore(SessionJson.READ_ONLY);
        String title = fields.text("title", 200, "");
        fields.check(request.strict());
        Session session = sessions.create(request.caller(), request.parameter("agent"), title);
        return Response.created("/v1/sessions/" + session.id(), SessionJson.of(session));
    }

    private Response list(Request request) {
        String agent = request.query("agent").orElse(null);
        return Response.list(
                request, sessions.list(request.caller(), agent, request.range()).map(SessionJson::of));
    }

    private Session session(Request request) {
        return sessions.get(request.caller(), request.uuid("session", "session"));
    }

    private Response get(Request request) {
        return Response.ok(SessionJson.of(session(request)));
    }

    private Response messages(Request request) {
        UUID id = request.uuid("session", "session");
        return Response.list(
                request,
                sessions.messages(request.caller(), id, request.range()).map(SessionJson::of));
    }

    private Response cancel(Request request) {
        return Response.ok(SessionJson.of(sessions.cancel(request.caller(), request.uuid("session", "session"))));
    }

    private Response follow(Request request) {
        Session session = session(request);
        Execution turn = sessions.turn(session)
                .orElseThrow(() -> ApiException.notFound("turn to follow yet in the session", session.id()));
        return stream(request, turn, ExecutionRoutes.lastEventId(request));
    }

    private Response chat(Request request) throws IOException, InterruptedException {
        JsonFields fields = request.fields();
        String message = fields.requiredText("message", NewTurn.LONGEST_MESSAGE);
        String sessionId = fields.text("session_id", 100).orElse(null);
        boolean stream = fields.flag("stream", true);
        fields.check(request.strict());
        boolean again = request.header("Last-Event-ID").isPresent();
        Execution turn = request.replayOf()
                .map(id -> sessions.turn(request.caller(), id))
                .orElseGet(() -> again
                        ? sameTurn(request, message, sessionId)
                        : sessions.say(request.caller(), NewTurn.of(request.parameter("agent"), message, sessionId)));
        if (stream) {
            return stream(request, turn, again ? ExecutionRoutes.lastEventId(request) : 0);
        }
        ChatAnswer answer = new ChatAnswer();
        follower.follow(request.caller(), turn, 0, answer);
        String session = SessionService.sessionOf(turn).toString();
        return identified(Response.ok(answer.toJson(session, turn.id().toString())), turn);
    }

    /** Clients that lost their connection send the request again, with the id of the last event they have. */
    private Execution sameTurn(Request request, String message, @Nullable String sessionId) {
        if (sessionId == null) {
            throw ApiException.invalid(
                    "/session_id", "is required with Last-Event-ID; the first answer's header X-Session-Id has it");
        }
        UUID id = Uuids.parse(sessionId).orElseThrow(() -> ApiException.notFound("session", sessionId));
        Execution turn = sessions.turn(sessions.get(request.caller(), id))
                .filter(last -> sessions.question(last).equals(message))
                .orElseThrow(() -> ApiException.conflict("The last message of this session is another one, so there is"
                        + " no stream to go on with. Send the message without Last-Event-ID to say it."));
        return turn;
    }

    private Response stream(Request request, Execution turn, long after) {
        return identified(
                Response.eventStream(out -> {
                    EventStream stream = new EventStream(out);
                    // The headers travel with the first byte, and the model may take its time.
                    stream.heartbeat();
                    follower.follow(request.caller(), turn, after, new TurnFollower.Reader() {
                        @Override
                        public void event(long seq, TurnEvent event) throws IOException {
                            stream.send(Long.toString(seq), event.type(), Json.MAPPER.valueToTree(event));
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
                }),
                turn);
    }

    private static Response identified(Response response, Execution turn) {
        return response.withHeader(
                        "X-Session-Id", SessionService.sessionOf(turn).toString())
                .withHeader("X-Execution-Id", turn.id().toString());
    }
}

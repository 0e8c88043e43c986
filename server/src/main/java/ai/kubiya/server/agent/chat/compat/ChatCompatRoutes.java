package ai.kubiya.server.agent.chat.compat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.agent.chat.NewTurn;
import ai.kubiya.server.agent.chat.SessionService;
import ai.kubiya.server.agent.chat.TurnFollower;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.model.organization.OrganizationModels;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/** HTTP of conversations on the compatibility surface. */
public final class ChatCompatRoutes implements Routes {
    private final SessionService sessions;
    private final TurnFollower follower;
    private final OrganizationModels models;
    private final Clock clock;

    public ChatCompatRoutes(SessionService sessions, TurnFollower follower, OrganizationModels models, Clock clock) {
        this.sessions = sessions;
        this.follower = follower;
        this.models = models;
        this.clock = clock;
    }

    @Override
    public void addTo(Router router) {
        router.post("/api/v1/hb/v4/stream", Scope.TOOLS_EXECUTE, this::stream)
                .post("/api/v1/converse", Scope.TOOLS_EXECUTE, this::converse)
                .post("/api/v1/featureflags", Scope.AGENTS_READ, this::featureFlags);
    }

    private Response stream(Request request) throws IOException {
        Execution turn = say(request);
        String session = SessionService.sessionOf(turn).toString();
        boolean vercel = request.header("x-vercel-ai-data-stream").isPresent();
        Function<EventStream, TurnFollower.Reader> reader =
                vercel ? VercelChat::new : out -> new PlainChat(out, session, clock);
        return answer(turn, reader).withHeader("x-vercel-ai-data-stream", vercel ? "v1" : null);
    }

    private Response converse(Request request) throws IOException {
        Execution turn = say(request);
        String session = SessionService.sessionOf(turn).toString();
        Response lines = answer(turn, out -> new ConverseLines(out, session));
        return lines instanceof Response.Stream stream
                ? new Response.Stream(200, stream.headers(), "application/x-ndjson", stream.writer())
                : lines;
    }

    private Execution say(Request request) throws IOException {
        JsonFields fields = request.fields();
        String message = fields.requiredText("message", NewTurn.LONGEST_MESSAGE);
        String session = fields.text("session_id", 200).orElse(null);
        if (fields.node("agent").isPresent() && !fields.has("agent_uuid")) {
            throw ApiException.invalid(
                    "/agent",
                    "agents that are defined in a message are not taken; create the agent and send agent_uuid");
        }
        String agent = fields.requiredText("agent_uuid", 200);
        fields.check(request.strict());
        // user_email and org say nothing that the key does not say better.
        return request.replayOf()
                .map(id -> sessions.turn(request.caller(), id))
                .orElseGet(() -> sessions.say(request.caller(), NewTurn.withOwnSession(agent, message, session)));
    }

    private Response answer(Execution turn, Function<EventStream, TurnFollower.Reader> reader) {
        return Response.eventStream(out -> {
                    TurnFollower.Reader to = reader.apply(new EventStream(out));
                    // The headers travel with the first byte, and the model may take its time.
                    to.silence();
                    follower.follow(turn, 0, to);
                })
                .withHeader("X-Session-Id", SessionService.sessionOf(turn).toString())
                .withHeader("X-Execution-Id", turn.id().toString());
    }

    /** The flags that clients know; they take an empty text for "off". */
    private Response featureFlags(Request request) throws IOException {
        JsonNode names = request.json();
        if (!names.isArray()) {
            throw ApiException.invalid("/", "the body must be an array of names of flags");
        }
        Map<String, String> known = Map.of(
                "supported_llm_models",
                String.join(",", models.available(request.caller().organizationId())));
        ObjectNode flags = Json.object();
        names.forEach(name -> flags.put(name.asText(), known.getOrDefault(name.asText(), "")));
        return Response.ok(flags);
    }
}

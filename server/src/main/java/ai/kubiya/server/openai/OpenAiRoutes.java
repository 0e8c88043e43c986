package ai.kubiya.server.openai;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.agent.AgentService;
import ai.kubiya.server.agent.chat.AgentAccess;
import ai.kubiya.server.agent.chat.ChatAnswer;
import ai.kubiya.server.agent.chat.NewTurn;
import ai.kubiya.server.agent.chat.SessionService;
import ai.kubiya.server.agent.chat.TurnFollower;
import ai.kubiya.server.agent.chat.loop.TurnEvent;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Handler;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.http.Uuids;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** HTTP of chat completions. Requests carry the whole conversation, so each begins a session of its own. */
public final class OpenAiRoutes implements Routes {
    private static final String PREFIX = "agent/";

    private final AgentService agents;
    private final SessionService sessions;
    private final TurnFollower follower;

    public OpenAiRoutes(AgentService agents, SessionService sessions, TurnFollower follower) {
        this.agents = agents;
        this.sessions = sessions;
        this.follower = follower;
    }

    @Override
    public void addTo(Router router) {
        add(router, "POST", "/v1/chat/completions", Scope.TOOLS_EXECUTE, this::complete);
        add(router, "GET", "/v1/models", Scope.AGENTS_READ, this::list);
        add(router, "GET", "/v1/models/{agent}", Scope.AGENTS_READ, this::get);
        add(router, "GET", "/v1/models/agent/{agent}", Scope.AGENTS_READ, this::get);
    }

    private static void add(Router router, String method, String pattern, Scope scope, Handler handler) {
        router.add(Router.Route.of(method, pattern, scope, request -> {
                    try {
                        return handler.handle(request);
                    } catch (ApiException e) {
                        return OpenAiErrors.of(e);
                    }
                })
                .withBearer());
    }

    private Response list(Request request) {
        List<Agent> usable = agents.list(request.caller(), null, Page.Range.ALL).rows().stream()
                .filter(agent -> AgentAccess.allows(agent, request.caller()))
                .toList();
        Map<String, Long> names = usable.stream().collect(Collectors.groupingBy(Agent::name, Collectors.counting()));
        ObjectNode body = Json.object().put("object", "list");
        ArrayNode data = body.putArray("data");
        usable.forEach(agent -> data.add(model(agent, names.getOrDefault(agent.name(), 0L) == 1)));
        return Response.ok(body);
    }

    private Response get(Request request) {
        return Response.ok(model(agent(request.caller(), PREFIX + request.parameter("agent")), true));
    }

    /** A name that several agents have is no way to call any of them. */
    private static ObjectNode model(Agent agent, boolean byName) {
        return Json.object()
                .put("id", PREFIX + (byName ? agent.name() : agent.id().toString()))
                .put("object", "model")
                .put("created", agent.createdAt().getEpochSecond())
                .put("owned_by", agent.organizationName());
    }

    private Agent agent(Caller caller, String model) {
        boolean named = model.startsWith(PREFIX);
        if (!named && Uuids.parse(model).isEmpty()) {
            throw ApiException.notFound("model (they are called agent/NAME)", model);
        }
        return agents.get(caller, named ? model.substring(PREFIX.length()) : model);
    }

    private Response complete(Request request) throws IOException, InterruptedException {
        CompletionRequest asked = CompletionRequest.of(request.fields());
        Agent agent = agent(request.caller(), asked.model());
        NewTurn said = new NewTurn(
                agent.id().toString(), asked.question(), null, false, asked.history(), asked.instructions());
        Execution turn = request.replayOf()
                .map(id -> sessions.turn(request.caller(), id))
                .orElseGet(() -> sessions.say(request.caller(), said));
        Completion completion =
                new Completion("chatcmpl-" + turn.id(), turn.createdAt().getEpochSecond(), asked.model());
        Response response = asked.stream()
                ? Response.eventStream(out -> follower.follow(
                        turn, 0, new ChunkStream(new EventStream(out), completion, asked.includeUsage())))
                : whole(turn, completion);
        return response.withHeader(
                        "X-Session-Id", SessionService.sessionOf(turn).toString())
                .withHeader("X-Execution-Id", turn.id().toString());
    }

    private Response whole(Execution turn, Completion completion) throws IOException, InterruptedException {
        ChatAnswer answer = new ChatAnswer();
        follower.follow(turn, 0, answer);
        TurnEvent.Done done = answer.done();
        if (!Completion.isAnswer(done.finishReason())) {
            return OpenAiErrors.of(
                    answer.failure().orElse(new TurnEvent.Failure("cancelled", "The turn was cancelled.")));
        }
        return Response.ok(completion.whole(answer.text(), Completion.finishReason(done.finishReason()), done.usage()));
    }
}

package ai.kubiya.server.agent;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.integration.Integration;
import ai.kubiya.server.integration.Integrations;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** HTTP of agents on both surfaces; talking to them is in {@code agent.chat}. */
public final class AgentRoutes implements Routes {
    private final AgentService agents;
    private final Integrations integrations;

    public AgentRoutes(AgentService agents, Integrations integrations) {
        this.agents = agents;
        this.integrations = integrations;
    }

    @Override
    public void addTo(Router router) {
        for (String base : List.of("/v1/agents", "/v1/teammates", "/api/v1/agents", "/api/v2/agents")) {
            router.get(base, Scope.AGENTS_READ, this::list)
                    .post(base, Scope.AGENTS_WRITE, this::create)
                    .get(base + "/{agent}", Scope.AGENTS_READ, this::get)
                    .put(base + "/{agent}", Scope.AGENTS_WRITE, request -> change(request, false))
                    .patch(base + "/{agent}", Scope.AGENTS_WRITE, request -> change(request, true))
                    .delete(base + "/{agent}", Scope.AGENTS_WRITE, this::delete)
                    .get(base + "/{agent}/integrations", Scope.AGENTS_READ, this::integrations)
                    .get(base + "/{agent}/activate_integrations", Scope.AGENTS_READ, this::integrations);
        }
    }

    private Response list(Request request) {
        return Response.list(
                request,
                agents.list(request.caller(), request.query("name").orElse(null), request.range())
                        .map(AgentJson::of));
    }

    private Response get(Request request) {
        return shown(agents.get(request.caller(), request.parameter("agent")));
    }

    private static Response shown(Agent agent) {
        return Response.ok(AgentJson.of(agent)).withTag(agent.id(), agent.version());
    }

    private Response create(Request request) throws IOException {
        Agent agent = agents.create(request.caller(), request.jsonObject(), request.strict());
        return Response.created(request, "/v1/agents/" + agent.id(), AgentJson.of(agent))
                .withTag(agent.id(), agent.version());
    }

    private Response change(Request request, boolean merge) throws IOException {
        ObjectNode sent = request.jsonObject();
        Agent agent = agents.update(
                request.caller(),
                request.parameter("agent"),
                request.precondition(),
                stored -> merge ? MergePatch.merge(stored, sent) : MergePatch.replaceSent(stored, sent),
                request.strict());
        return shown(agent);
    }

    private Response delete(Request request) {
        agents.delete(request.caller(), request.parameter("agent"), request.precondition());
        return Response.deleted();
    }

    /** Of the integrations that an agent names, those that there are, without their configurations. */
    private Response integrations(Request request) {
        Agent agent = agents.get(request.caller(), request.parameter("agent"));
        List<ObjectNode> named = integrations
                .named(request.caller(), agent.definition().integrations())
                .stream()
                .map(Integration::summary)
                .toList();
        return Response.list(request, Page.of(named, request.range()));
    }
}

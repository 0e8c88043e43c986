package ai.kubiya.server.agent;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The wire shape of an agent, the same on both surfaces. */
final class AgentJson {
    private AgentJson() {}

    static ObjectNode of(Agent agent) {
        ObjectNode json = Json.object()
                .put("id", agent.id().toString())
                .put("uuid", agent.id().toString());
        json.setAll(agent.definition().toJson());
        json.put("email", agent.createdBy()).put("organization", agent.organizationName());
        json.putObject("metadata")
                .put("created_at", Json.time(agent.createdAt()))
                .put("last_updated", Json.time(agent.updatedAt()))
                .put("user_created", agent.createdBy())
                .put("user_last_updated", agent.updatedBy());
        return json.put("created_at", Json.time(agent.createdAt())).put("updated_at", Json.time(agent.updatedAt()));
    }
}

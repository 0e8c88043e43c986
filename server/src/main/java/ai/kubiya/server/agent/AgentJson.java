package ai.kubiya.server.agent;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The wire shapes of an agent. */
final class AgentJson {
    private AgentJson() {}

    /** The same on both surfaces. */
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

    /** For those outside who are told of changes: what it is and uses, not what it is told or given. */
    static ObjectNode forSubscribers(Agent agent) {
        ObjectNode json = of(agent);
        json.remove(List.of("ai_instructions", "environment_variables", "starters", "tasks", "metadata"));
        return json;
    }
}

package ai.kubiya.server.agent.chat;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.StoredCaller;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a turn's execution has to know besides its session. The agent is read anew whenever the turn is taken up; the
 * conversation is in the session.
 *
 * @param caller who said it: the turn's tools run in this user's name
 * @param messageSeq number of the message that is answered
 * @param instructions for this turn alone, after the agent's own
 */
public record TurnSpec(Caller caller, UUID agentId, long messageSeq, List<String> instructions) {
    public TurnSpec {
        instructions = List.copyOf(instructions);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object().put("agent_id", agentId.toString()).put("message_seq", messageSeq);
        json.set("instructions", Json.array(instructions));
        json.set("caller", StoredCaller.toJson(caller));
        return json;
    }

    public static TurnSpec of(Execution execution) {
        ObjectNode json = execution.spec();
        List<String> instructions = new ArrayList<>();
        json.path("instructions").forEach(text -> instructions.add(text.asText()));
        Caller caller = StoredCaller.of(json.path("caller"), execution.organizationId(), execution.createdBy());
        return new TurnSpec(
                caller,
                UUID.fromString(json.path("agent_id").asText()),
                json.path("message_seq").asLong(),
                instructions);
    }
}

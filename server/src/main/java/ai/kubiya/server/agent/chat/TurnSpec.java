package ai.kubiya.server.agent.chat;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.KeyLimits;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        ObjectNode who = json.putObject("caller")
                .put("organization", caller.organizationName())
                .put("email", caller.email())
                .put("key_id", caller.keyId().toString())
                .put("key_name", caller.keyName())
                .put("request_id", caller.requestId())
                .put("address", caller.origin().address());
        ArrayNode scopes = who.putArray("scopes");
        caller.scopes().stream().map(Scope::wireName).sorted().forEach(scopes::add);
        who.set("groups", Json.array(caller.groups().stream().sorted().toList()));
        return json;
    }

    public static TurnSpec of(Execution execution) {
        ObjectNode json = execution.spec();
        JsonNode who = json.path("caller");
        Set<Scope> scopes = new HashSet<>();
        who.path("scopes").forEach(name -> Scope.ofWireName(name.asText()).ifPresent(scopes::add));
        Set<String> groups = new HashSet<>();
        who.path("groups").forEach(group -> groups.add(group.asText()));
        List<String> instructions = new ArrayList<>();
        json.path("instructions").forEach(text -> instructions.add(text.asText()));
        Caller caller = new Caller(
                execution.organizationId(),
                who.path("organization").asText(),
                execution.createdBy(),
                who.path("email").asText(),
                UUID.fromString(who.path("key_id").asText()),
                who.path("key_name").asText(),
                scopes,
                groups,
                KeyLimits.AS_SET,
                new Origin(who.path("request_id").asText(), who.path("address").asText()));
        return new TurnSpec(
                caller,
                UUID.fromString(json.path("agent_id").asText()),
                json.path("message_seq").asLong(),
                instructions);
    }
}

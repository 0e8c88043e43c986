package ai.kubiya.server.execution;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.KeyLimits;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Who asked for work that is done later, in that user's name and with no more than that key's scopes. */
public final class StoredCaller {
    private StoredCaller() {}

    public static ObjectNode toJson(Caller caller) {
        ObjectNode who = Json.object()
                .put("organization", caller.organizationName())
                .put("email", caller.email())
                .put("key_id", caller.keyId().toString())
                .put("key_name", caller.keyName())
                .put("request_id", caller.requestId())
                .put("address", caller.origin().address());
        ArrayNode scopes = who.putArray("scopes");
        caller.scopes().stream().map(Scope::wireName).sorted().forEach(scopes::add);
        who.set("groups", Json.array(caller.groups().stream().sorted().toList()));
        return who;
    }

    /** As it was then; whether that user is still there, and in which groups, others know. */
    public static Caller of(JsonNode who, UUID organizationId, UUID userId) {
        Set<Scope> scopes = new HashSet<>();
        who.path("scopes").forEach(name -> Scope.ofWireName(name.asText()).ifPresent(scopes::add));
        Set<String> groups = new HashSet<>();
        who.path("groups").forEach(group -> groups.add(group.asText()));
        return new Caller(
                organizationId,
                who.path("organization").asText(),
                userId,
                who.path("email").asText(),
                UUID.fromString(who.path("key_id").asText()),
                who.path("key_name").asText(),
                scopes,
                groups,
                KeyLimits.AS_SET,
                new Origin(who.path("request_id").asText(), who.path("address").asText()));
    }
}

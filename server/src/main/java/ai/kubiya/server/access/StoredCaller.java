package ai.kubiya.server.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** A caller as JSON, for work that is done in somebody's name after the request is over. */
public final class StoredCaller {
    private StoredCaller() {}

    /** All but the ids of organisation and user, which rows have columns for. */
    public static ObjectNode toJson(Caller caller) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("organization", caller.organizationName())
                .put("email", caller.email())
                .put("key_id", caller.keyId().toString())
                .put("key_name", caller.keyName())
                .put("request_id", caller.requestId())
                .put("address", caller.origin().address());
        ArrayNode scopes = json.putArray("scopes");
        caller.scopes().stream().map(Scope::wireName).sorted().forEach(scopes::add);
        ArrayNode groups = json.putArray("groups");
        caller.groups().stream().sorted().forEach(groups::add);
        return json;
    }

    /** As {@link #toJson}, with the user's id: for rows that name several callers. */
    public static ObjectNode withUser(Caller caller) {
        return toJson(caller).put("user_id", caller.userId().toString());
    }

    /** What {@link #withUser} wrote. */
    public static Caller withUser(UUID organizationId, JsonNode json) {
        return of(organizationId, UUID.fromString(json.path("user_id").asText()), json);
    }

    public static Caller of(UUID organizationId, UUID userId, JsonNode json) {
        Set<Scope> scopes = new HashSet<>();
        json.path("scopes").forEach(name -> Scope.ofWireName(name.asText()).ifPresent(scopes::add));
        Set<String> groups = new HashSet<>();
        json.path("groups").forEach(group -> groups.add(group.asText()));
        return new Caller(
                organizationId,
                json.path("organization").asText(),
                userId,
                json.path("email").asText(),
                UUID.fromString(json.path("key_id").asText()),
                json.path("key_name").asText(),
                scopes,
                groups,
                KeyLimits.AS_SET,
                new Origin(
                        json.path("request_id").asText(), json.path("address").asText()));
    }
}

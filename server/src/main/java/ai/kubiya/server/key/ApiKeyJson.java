package ai.kubiya.server.key;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** The wire shape of a key, the same on both surfaces. */
final class ApiKeyJson {
    private ApiKeyJson() {}

    static ObjectNode of(ApiKey key, Instant now) {
        ObjectNode json = Json.object()
                .put("id", key.id().toString())
                .put("uuid", key.id().toString());
        json.setAll(KeyDefinition.toJson(key));
        json.put("prefix", key.prefix()).put("status", key.status(now));
        String owner = key.owner().id().toString();
        json.put("user_id", owner);
        json.putObject("user")
                .put("id", owner)
                .put("uuid", owner)
                .put("name", key.owner().name())
                .put("email", key.owner().email())
                .put("status", key.owner().active());
        return json.put("created_by", key.createdBy())
                .put("created_at", Json.time(key.createdAt()))
                .put("updated_at", Json.time(key.updatedAt()))
                .put("last_used", Json.time(key.lastUsedAt()))
                .put("revoked_at", Json.time(key.revokedAt()));
    }
}

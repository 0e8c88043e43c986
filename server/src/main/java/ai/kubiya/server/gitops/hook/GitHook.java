package ai.kubiya.server.gitops.hook;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hook as its row says, without what is sealed.
 *
 * @param hasToken whether commits can be told how they fared
 * @param owner e-mail of the user in whose name runs are started
 */
record GitHook(
        UUID id,
        UUID organizationId,
        GitHookDefinition definition,
        boolean hasToken,
        UUID ownerId,
        String owner,
        String createdBy,
        String updatedBy,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** @param url null for those who may not see it */
    ObjectNode toJson(@Nullable String url) {
        ObjectNode json = Json.object().put("id", id.toString()).put("uuid", id.toString());
        json.setAll(definition.toJson(hasToken));
        return json.put("url", url)
                .put("owner", owner)
                .put("created_by", createdBy)
                .put("updated_by", updatedBy)
                .put("created_at", Json.time(createdAt))
                .put("updated_at", Json.time(updatedAt));
    }
}

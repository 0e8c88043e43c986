package ai.kubiya.server.audit;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/**
 * One row of the trail.
 *
 * @param position rises in an organisation's trail from the earlier to the later; it has gaps
 */
record AuditItem(
        UUID id,
        long position,
        String organization,
        Instant at,
        String email,
        String categoryType,
        String categoryName,
        String resourceType,
        String resourceText,
        String actionType,
        boolean successful,
        String scope,
        ObjectNode extra) {
    /** Of the shape of items; clients read a number. */
    private static final int VERSION = 1;

    /** The wire shape, the same on both surfaces. */
    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("id", id.toString())
                .put("uuid", id.toString())
                .put("org", organization)
                .put("email", email)
                .put("version", VERSION)
                .put("category_type", categoryType)
                .put("category_name", categoryName)
                .put("resource_type", resourceType)
                .put("resource_text", resourceText)
                .put("action_type", actionType)
                .put("action_successful", successful)
                .put("timestamp", Json.time(at))
                .put("scope", scope);
        json.set("extra", extra);
        return json;
    }
}

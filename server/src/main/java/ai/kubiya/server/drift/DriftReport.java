package ai.kubiya.server.drift;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the last look for drift found in a project.
 *
 * @param nextAt when the next look is due; null = never
 * @param run that found it; null when there was none
 * @param message why it failed
 */
record DriftReport(
        UUID projectId,
        UUID organizationId,
        @Nullable Instant nextAt,
        DriftStatus status,
        @Nullable UUID run,
        String message,
        ArrayNode resources,
        ArrayNode outputs,
        @Nullable Instant checkedAt) {

    static DriftReport none(UUID organizationId, UUID projectId) {
        return new DriftReport(
                projectId, organizationId, null, DriftStatus.UNKNOWN, null, "", Json.array(), Json.array(), null);
    }

    ObjectNode toJson(String schedule) {
        ObjectNode json = Json.object()
                .put("project_id", projectId.toString())
                .put("status", status.wireName())
                .put("execution_id", run == null ? null : run.toString())
                .put("checked_at", Json.time(checkedAt))
                .put("message", message);
        json.set("resources", resources);
        json.set("outputs", outputs);
        return json.put("schedule", schedule).put("next_check_at", Json.time(nextAt));
    }
}

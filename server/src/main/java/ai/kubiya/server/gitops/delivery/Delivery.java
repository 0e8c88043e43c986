package ai.kubiya.server.gitops.delivery;

import ai.kubiya.server.gitops.event.GitEvent;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that was taken.
 *
 * @param deliveryId the sender's id of it
 * @param message what was done about it, or why nothing was
 */
record Delivery(
        UUID id,
        UUID organizationId,
        UUID hookId,
        String deliveryId,
        GitEvent event,
        DeliveryStatus status,
        String message,
        Instant receivedAt,
        @Nullable Instant processedAt) {

    ObjectNode toJson(List<DeliveryRun> runs) {
        ObjectNode json = Json.object()
                .put("id", id.toString())
                .put("hook_id", hookId.toString())
                .put("delivery_id", deliveryId)
                .put("type", event.kind().name().toLowerCase(java.util.Locale.ROOT))
                .put(
                        "repository",
                        event.repositories().isEmpty()
                                ? ""
                                : event.repositories().getFirst())
                .put("branch", event.branch())
                .put("commit", event.commit())
                .put("pull_request", event.pullRequest())
                .put("author", event.author())
                .put("title", event.title())
                .put("url", event.url())
                .put("status", status.wireName())
                .put("message", message)
                .put("received_at", Json.time(receivedAt))
                .put("processed_at", Json.time(processedAt));
        ArrayNode of = json.putArray("runs");
        runs.forEach(run -> of.add(run.toJson()));
        return json;
    }
}

package ai.kubiya.server.runner.token;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token as its row says, without the token itself.
 *
 * @param purpose what it was made for
 * @param expiresAt void from then on
 * @param useBy void from then on unless it was used before
 */
public record RunnerToken(
        UUID id,
        UUID runnerId,
        String prefix,
        String purpose,
        String createdBy,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant useBy,
        @Nullable Instant lastUsedAt) {

    /** Nobody changes a token, so all its tags are those of one version. */
    public static final long VERSION = 1;

    public ObjectNode toJson() {
        return Json.object()
                .put("id", id.toString())
                .put("uuid", id.toString())
                .put("prefix", prefix)
                .put("purpose", purpose)
                .put("created_by", createdBy)
                .put("created_at", Json.time(createdAt))
                .put("expires_at", Json.time(lastUsedAt == null && useBy != null ? useBy : expiresAt))
                .put("last_used_at", Json.time(lastUsedAt));
    }
}

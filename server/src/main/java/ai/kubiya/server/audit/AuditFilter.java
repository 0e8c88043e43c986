package ai.kubiya.server.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of the trail wants to see; null = whatever it is.
 *
 * @param from this moment and later
 * @param to this moment and earlier
 */
record AuditFilter(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String categoryType,
        @Nullable String categoryName,
        @Nullable String resourceType,
        @Nullable String resourceText,
        @Nullable String actionType,
        @Nullable String email,
        @Nullable Boolean successful,
        @Nullable String sessionId) {}

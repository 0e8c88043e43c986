package ai.kubiya.server.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A source as its row says.
 *
 * @param url as the client sent it; null for zip and inline
 * @param branch what the client asked for or, for git, what the url or the repository's default gave
 * @param status {@code active}, {@code syncing} or {@code failed}
 * @param errors what discovery could not read, and why the last sync failed
 * @param tools how many it holds
 * @param agents how many agents use it
 * @param version counts its changes, syncs among them
 */
public record Source(
        UUID id,
        UUID organizationId,
        String name,
        SourceType type,
        @Nullable String url,
        @Nullable String branch,
        @Nullable String commit,
        String status,
        String runner,
        ObjectNode dynamicConfig,
        ArrayNode inlineTools,
        ArrayNode inlineWorkflows,
        ArrayNode workflows,
        ArrayNode errors,
        ObjectNode metadata,
        String managedBy,
        String taskId,
        String createdBy,
        String updatedBy,
        @Nullable Instant lastSyncedAt,
        Instant createdAt,
        Instant updatedAt,
        long tools,
        long agents,
        long version) {}

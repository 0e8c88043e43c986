package ai.kubiya.server.runner;

import ai.kubiya.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A runner as its row says. The embedded one has no row and is made up for each organisation.
 *
 * @param draining gets no new work
 * @param lastSeenAt null = never heard of
 * @param version counts its changes
 */
public record Runner(
        UUID id,
        UUID organizationId,
        RunnerDefinition definition,
        boolean draining,
        @Nullable Instant lastSeenAt,
        String createdBy,
        String updatedBy,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    private static final String EMBEDDED = "embedded";

    public String name() {
        return definition.name();
    }

    boolean isEmbedded() {
        return definition.type().equals(EMBEDDED) && createdBy.isEmpty();
    }

    /** The embedded runner as an organisation sees it. */
    static Runner embedded(UUID organization, @Nullable Instant since, @Nullable Instant lastSeen) {
        byte[] key = (organization + "/" + Runners.LOCAL).getBytes(StandardCharsets.UTF_8);
        Instant start = since == null ? Instant.EPOCH : since;
        return new Runner(
                UUID.nameUUIDFromBytes(key),
                organization,
                new RunnerDefinition(
                        Runners.LOCAL,
                        "Runs tools in the server itself.",
                        EMBEDDED,
                        List.of(),
                        null,
                        "",
                        Json.object(),
                        "",
                        ""),
                false,
                lastSeen,
                "",
                "",
                start,
                start,
                1);
    }

    Runner named(String name) {
        RunnerDefinition other = new RunnerDefinition(
                name,
                definition.description(),
                definition.type(),
                definition.labels(),
                definition.concurrency(),
                definition.namespace(),
                definition.metadata(),
                definition.managedBy(),
                definition.taskId());
        return new Runner(
                id, organizationId, other, draining, lastSeenAt, createdBy, updatedBy, createdAt, updatedAt, version);
    }
}

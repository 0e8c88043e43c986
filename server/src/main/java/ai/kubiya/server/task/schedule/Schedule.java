package ai.kubiya.server.task.schedule;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.StoredCaller;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as its row says.
 *
 * @param task what each of its tasks is, as a client would send it
 * @param caller see {@link StoredCaller}
 * @param nextFireAt null while it is not active
 * @param extra what older clients keep with it
 * @param version counts changes
 */
public record Schedule(
        UUID id,
        UUID organizationId,
        String name,
        ObjectNode task,
        ScheduleRule rule,
        Status status,
        ObjectNode caller,
        UUID createdBy,
        String creatorEmail,
        @Nullable Instant nextFireAt,
        @Nullable Instant lastFireAt,
        ObjectNode extra,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** Where it stands. The wire name is the lower-case name. */
    public enum Status {
        ACTIVE,
        PAUSED,
        /** All of its times are over. */
        COMPLETED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** In whose name its tasks run; ask whether that user is still there. */
    Caller asked() {
        return StoredCaller.of(organizationId, createdBy, caller);
    }
}

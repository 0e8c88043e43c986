package ai.kubiya.server.user;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A group as its row says.
 *
 * @param system which of the groups that every organisation has; null = one that somebody made
 * @param version counts changes of its own fields; who is in it is not one of them
 */
public record Group(
        UUID id,
        String name,
        String description,
        @Nullable Kind system,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** The groups that every organisation has. The stored name is the lower-case name. */
    public enum Kind {
        /** Everybody. */
        USERS,
        /** Those who may hold keys with the scope {@code admin}. */
        ADMINS;

        String storedName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    boolean is(Kind which) {
        return system == which;
    }
}

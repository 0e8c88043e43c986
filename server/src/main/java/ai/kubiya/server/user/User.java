package ai.kubiya.server.user;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A user as the row says.
 *
 * @param email unique in the organisation, whatever its case
 * @param image url of a picture; may be empty
 * @param active whether the user's keys work
 * @param groups ids of the groups that the user is in
 * @param administrator whether one of them is the group Admin
 * @param version counts changes, of groups too
 */
public record User(
        UUID id,
        UUID organizationId,
        String email,
        String name,
        String image,
        boolean active,
        List<UUID> groups,
        boolean administrator,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    public User {
        groups = List.copyOf(groups);
    }
}

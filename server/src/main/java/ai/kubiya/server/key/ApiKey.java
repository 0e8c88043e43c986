package ai.kubiya.server.key;

import ai.kubiya.server.access.KeyLimits;
import ai.kubiya.server.access.Scope;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as its row says, without the key itself.
 *
 * @param createdBy e-mail of the user who made it
 * @param expiresAt from when on it is refused; null = never
 * @param revokedAt when it was revoked or its user removed; null = neither
 * @param lastUsedAt to a few seconds; null = never used
 * @param version counts its changes
 */
record ApiKey(
        UUID id,
        Owner owner,
        String name,
        String description,
        Set<Scope> scopes,
        String prefix,
        KeyLimits limits,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt,
        long version) {

    /** Whose it is. */
    record Owner(UUID id, String email, String name, boolean active) {}

    ApiKey {
        scopes = Set.copyOf(scopes);
    }

    /** In the form of the field {@code status}. */
    String status(Instant now) {
        if (revokedAt != null) {
            return "revoked";
        }
        return expiresAt != null && !expiresAt.isAfter(now) ? "expired" : "active";
    }

    /** Whether a holder of these scopes could do all that this key can. */
    boolean isWithin(Collection<Scope> held) {
        return scopes.stream().allMatch(scope -> scope.isGrantedBy(Set.copyOf(held)));
    }
}

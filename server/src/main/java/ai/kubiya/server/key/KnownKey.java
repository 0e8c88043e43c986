package ai.kubiya.server.key;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Origin;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key that was found good when it was read: its hash, when it ends, and who comes with it. */
final class KnownKey {
    private final byte[] hash;
    private final Caller caller;
    private final @Nullable Instant expiresAt;

    KnownKey(byte[] hash, Caller caller, @Nullable Instant expiresAt) {
        this.hash = hash.clone();
        this.caller = caller;
        this.expiresAt = expiresAt;
    }

    UUID id() {
        return caller.keyId();
    }

    UUID organizationId() {
        return caller.organizationId();
    }

    /** Compares all of the hash, in a time that does not tell where the difference is. */
    boolean hasHash(byte[] other) {
        return MessageDigest.isEqual(hash, other);
    }

    /** The first bits of the hash: enough to find it by, too few to accept it by. */
    long address() {
        return NewKey.address(hash);
    }

    boolean isGoodAt(Instant now) {
        return expiresAt == null || expiresAt.isAfter(now);
    }

    Caller callerFrom(Origin origin) {
        return new Caller(
                caller.organizationId(),
                caller.organizationName(),
                caller.userId(),
                caller.email(),
                caller.keyId(),
                caller.keyName(),
                caller.scopes(),
                caller.groups(),
                caller.limits(),
                origin);
    }
}

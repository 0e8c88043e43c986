package ai.kubiya.protocol.remote;

import static java.util.Objects.requireNonNull;

import ai.kubiya.protocol.Lease;
import java.util.UUID;

/** Names a lease. Request of {@code begin} and {@code release}. */
public record HeldLease(UUID execution, UUID token) {
    public HeldLease {
        requireNonNull(execution, "execution");
        requireNonNull(token, "token");
    }

    public static HeldLease of(Lease lease) {
        return new HeldLease(lease.executionId(), lease.token());
    }
}

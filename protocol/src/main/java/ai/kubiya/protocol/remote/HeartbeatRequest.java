package ai.kubiya.protocol.remote;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Request of {@code heartbeat}: prolongs all leases of a process.
 *
 * @param stopping executions that it is stopping already: wishes about them are no news
 * @param patience how long the answer may wait for something that the server wants; a cancellation need not wait for the next
 *     heartbeat then
 */
public record HeartbeatRequest(ProcessReport process, List<HeldLease> leases, List<UUID> stopping, Duration patience) {
    public HeartbeatRequest {
        requireNonNull(process, "process");
        requireNonNull(patience, "patience");
        leases = List.copyOf(leases);
        stopping = List.copyOf(stopping);
    }
}

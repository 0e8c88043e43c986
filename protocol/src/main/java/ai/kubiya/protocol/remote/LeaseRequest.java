package ai.kubiya.protocol.remote;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Request of {@code lease}.
 *
 * @param tokens one for each run that may be handed out, chosen by the runner at random. The same request again gets the
 *     same runs, when the answer was lost
 * @param patience how long the answer may wait for work
 */
public record LeaseRequest(UUID instance, UUID boot, List<UUID> tokens, Duration patience) {
    public LeaseRequest {
        requireNonNull(instance, "instance");
        requireNonNull(boot, "boot");
        requireNonNull(patience, "patience");
        tokens = List.copyOf(tokens);
    }
}

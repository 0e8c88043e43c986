package ai.kubiya.protocol.remote;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** Request of {@code goodbye}: the process ends and holds nothing any more. */
public record GoodbyeRequest(UUID instance, UUID boot) {
    public GoodbyeRequest {
        requireNonNull(instance, "instance");
        requireNonNull(boot, "boot");
    }
}

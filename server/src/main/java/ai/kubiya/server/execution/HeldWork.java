package ai.kubiya.server.execution;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a holder says to prove that an execution is in its hands.
 *
 * @param organizationId to which a remote holder is confined; null = a holder in this process
 */
public record HeldWork(UUID execution, UUID token, @Nullable UUID organizationId) {

    /** In the hands of a worker of this process. */
    public static HeldWork here(UUID execution, UUID token) {
        return new HeldWork(execution, token, null);
    }
}

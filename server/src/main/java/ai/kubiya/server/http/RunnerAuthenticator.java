package ai.kubiya.server.http;

import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.RunnerIdentity;
import java.util.Optional;

/** Knows the tokens of runners. */
@FunctionalInterface
public interface RunnerAuthenticator {
    /** The runner behind a token, or empty when there is no such token or it is over. */
    Optional<RunnerIdentity> authenticate(String token, Origin origin);
}

package ai.kubiya.server.http;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Origin;
import java.util.Optional;

/** Knows the keys. */
@FunctionalInterface
public interface Authenticator {
    /** The caller behind a key, or empty when there is no such key or it is over. */
    Optional<Caller> authenticate(String key, Origin origin);
}

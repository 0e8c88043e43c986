package ai.kubiya.server.http;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Origin;
import org.jspecify.annotations.Nullable;

/** Is told of requests that were refused for who asked. */
@FunctionalInterface
public interface RefusalLog {
    /**
     * Notes one refusal: 401, 403 or 429.
     *
     * @param caller null when the key was wrong or missing
     * @param pattern of the route, with its {@code {names}}
     */
    void refused(Origin origin, @Nullable Caller caller, String method, String pattern, ErrorCode code);
}

package ai.kubiya.server.http;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.RunnerIdentity;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes known of a request while it is answered, so that a refusal can tell as much as a success. */
final class Exchange {
    final Origin origin;
    /** Headers that the answer carries however it ends. */
    final Map<String, String> headers = new HashMap<>();

    String pattern = "none";

    @Nullable
    Caller caller;

    /** Set in place of a caller on the routes of runners. */
    @Nullable
    RunnerIdentity runner;

    /** What took the path's place. */
    @Nullable
    Successor successor;

    /** Whether somebody began to read the body: a client that waits to be told to send it was told. */
    boolean bodyAsked;

    Exchange(Origin origin) {
        this.origin = origin;
        headers.put("X-Request-Id", origin.requestId());
    }
}

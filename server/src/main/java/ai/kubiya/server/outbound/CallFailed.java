package ai.kubiya.server.outbound;

import java.io.IOException;

/** A call that got no answer. The message is for users: it says why, without what the url holds besides its host. */
public final class CallFailed extends IOException {
    private static final long serialVersionUID = 1L;

    static final String INTERNAL_ADDRESS =
            "the url leads to an internal address of the server's network; the operator can allow those with"
                    + " KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true";

    CallFailed(String message) {
        super(message);
    }
}

package ai.kubiya.server.gitops.status;

import java.io.IOException;

/** A git host that answered something else than was hoped for. The message is for users. */
public final class HostRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    HostRefused(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Whether it may be otherwise later. */
    public boolean isPassing() {
        return status == 429 || status >= 500;
    }
}

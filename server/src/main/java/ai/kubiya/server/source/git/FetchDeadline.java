package ai.kubiya.server.source.git;

import java.time.Duration;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Stops a fetch that takes too long, however steadily it goes on. */
final class FetchDeadline extends EmptyProgressMonitor {
    private final long end;

    FetchDeadline(Duration longest) {
        this.end = System.nanoTime() + longest.toNanos();
    }

    @Override
    public boolean isCancelled() {
        return System.nanoTime() > end;
    }
}

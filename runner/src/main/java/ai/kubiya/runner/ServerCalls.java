package ai.kubiya.runner;

import ai.kubiya.protocol.Lease;
import ai.kubiya.protocol.RunEvent;
import ai.kubiya.protocol.RunOutcome;
import ai.kubiya.protocol.WorkSource;
import java.time.Duration;
import java.util.List;

/** Writes for one lease, tried again while the server is away. */
final class ServerCalls {
    private final WorkSource source;
    private final Lease lease;
    private final Persistence persistence;

    ServerCalls(WorkSource source, Lease lease, Duration patience) {
        this.source = source;
        this.lease = lease;
        this.persistence = new Persistence(lease.executionId(), patience);
    }

    WorkSource.Wish begin() throws InterruptedException {
        return persistence.untilTaken("the beginning", () -> source.begin(lease));
    }

    void append(long first, List<RunEvent> events) throws InterruptedException {
        persistence.untilTaken("events", () -> {
            source.append(lease, first, events);
            return true;
        });
    }

    void finish(long first, List<RunEvent> events, RunOutcome outcome) throws InterruptedException {
        persistence.untilTaken("the outcome", () -> {
            source.finish(lease, first, events, outcome);
            return true;
        });
    }
}

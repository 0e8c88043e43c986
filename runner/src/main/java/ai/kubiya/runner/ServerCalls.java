package ai.kubiya.runner;

import ai.kubiya.protocol.Lease;
import ai.kubiya.protocol.RunEvent;
import ai.kubiya.protocol.RunOutcome;
import ai.kubiya.protocol.WorkSource;
import ai.kubiya.protocol.WorkSource.LeaseLostException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes for one lease, tried again while the server is away. */
final class ServerCalls {
    private static final Logger log = LoggerFactory.getLogger(ServerCalls.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final WorkSource source;
    private final Lease lease;
    private final Duration patience;

    ServerCalls(WorkSource source, Lease lease, Duration patience) {
        this.source = source;
        this.lease = lease;
        this.patience = patience;
    }

    WorkSource.Wish begin() throws InterruptedException {
        return untilTaken("the beginning", () -> source.begin(lease));
    }

    void append(long first, List<RunEvent> events) throws InterruptedException {
        untilTaken("events", () -> {
            source.append(lease, first, events);
            return true;
        });
    }

    void finish(long first, List<RunEvent> events, RunOutcome outcome) throws InterruptedException {
        untilTaken("the outcome", () -> {
            source.finish(lease, first, events, outcome);
            return true;
        });
    }

    private <T> T untilTaken(String what, Supplier<T> call) throws InterruptedException {
        long start = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return call.get();
            } catch (LeaseLostException lost) {
                throw lost;
            } catch (RuntimeException away) {
                if (System.nanoTime() - start > patience.toNanos()) {
                    log.error("the server did not take {} of {} in {}", what, lease.executionId(), patience, away);
                    throw new LeaseLostException("the server was away for too long: " + away.getMessage());
                }
                log.warn("the server did not take {} of {}: {}", what, lease.executionId(), away.toString());
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }
}

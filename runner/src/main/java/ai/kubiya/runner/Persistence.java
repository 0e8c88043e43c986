package ai.kubiya.runner;

import ai.kubiya.protocol.WorkSource.LeaseLostException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says something to the server about a run again and again while the server is away.
 *
 * @param execution the run
 * @param patience how long
 */
public record Persistence(UUID execution, Duration patience) {
    private static final Logger log = LoggerFactory.getLogger(Persistence.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /**
     * Calls until there is an answer.
     *
     * @param what is said, for the log
     * @throws LeaseLostException when the server says so, or was away for too long
     */
    public <T> T untilTaken(String what, Supplier<T> call) throws InterruptedException {
        long start = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return call.get();
            } catch (LeaseLostException lost) {
                throw lost;
            } catch (RuntimeException away) {
                if (System.nanoTime() - start > patience.toNanos()) {
                    log.error("the server did not take {} of {} in {}", what, execution, patience, away);
                    throw new LeaseLostException("the server was away for too long: " + away.getMessage());
                }
                log.warn("the server did not take {} of {}: {}", what, execution, away.toString());
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }
}

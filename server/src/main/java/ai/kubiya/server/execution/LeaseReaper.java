package ai.kubiya.server.execution;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then for executions whose holder died. Any number of servers may do so on one database. */
public final class LeaseReaper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LeaseReaper.class);
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final Leases leases;
    private final Thread thread;

    public LeaseReaper(Leases leases) {
        this.leases = leases;
        this.thread = Thread.ofVirtual().name("lease-reaper").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                try {
                    leases.takeBackExpired();
                } catch (RuntimeException e) {
                    log.warn("looking for lost executions failed; trying again", e);
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}

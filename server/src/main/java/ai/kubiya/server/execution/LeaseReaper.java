package ai.kubiya.server.execution;

import ai.kubiya.server.jobs.Vigil;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then for executions whose holder died. Any number of servers may do so on one database. */
public final class LeaseReaper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LeaseReaper.class);
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final Leases leases;
    private final Vigil vigil;
    private final Thread thread;

    /**
     * Begins to look.
     *
     * @param settling time that remote runners get to be heard after a time in which this server could hear nobody
     */
    public LeaseReaper(Leases leases, Duration settling) {
        this.leases = leases;
        this.vigil = new Vigil(PAUSE.multipliedBy(4), settling);
        this.thread = Thread.ofVirtual().name("lease-reaper").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                try {
                    leases.takeBackExpired(false);
                    if (vigil.look()) {
                        leases.takeBackExpired(true);
                    }
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

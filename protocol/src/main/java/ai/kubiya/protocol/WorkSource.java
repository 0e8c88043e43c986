package ai.kubiya.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where a runner gets its work and reports it: the server itself when embedded, its HTTP API when remote. */
public interface WorkSource {

    /** Waits up to {@code wait} for the next run queued for this runner. */
    Optional<Lease> lease(Duration wait) throws InterruptedException;

    /** Prolongs a lease and brings back what the server wants of its holder. */
    Wish heartbeat(Lease lease);

    /**
     * Stores events in order.
     *
     * @throws LeaseLostException when the lease is somebody else's or over; the holder stops the run
     */
    void append(Lease lease, List<RunEvent> events);

    /**
     * Ends the run and gives the lease back.
     *
     * @throws LeaseLostException as {@link #append}
     */
    void finish(Lease lease, RunOutcome outcome);

    /** What the server wants of the holder of a lease. */
    enum Wish {
        CONTINUE,
        CANCEL,
        /** The lease is lost: stop, write nothing. */
        ABANDON
    }

    /** The lease is somebody else's or over. */
    final class LeaseLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public LeaseLostException(String message) {
            super(message);
        }
    }
}

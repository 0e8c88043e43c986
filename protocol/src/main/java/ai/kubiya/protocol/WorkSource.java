package ai.kubiya.protocol;

import java.time.Duration;
import java.util.List;

/**
 * Where a runner gets its work and reports it: the server itself when embedded, its HTTP API when remote. Every call may be
 * repeated with the same arguments after a failure, because its answer may have been lost: nothing is done twice.
 */
public interface WorkSource {

    /** Waits up to {@code wait} for runs queued for this runner; answers up to {@code most} of them. */
    List<Lease> lease(int most, Duration wait) throws InterruptedException;

    /**
     * Asked before anything of a run is started. Until then the server may hand the run to somebody else who is faster;
     * after it the run is this holder's, or lost.
     */
    Wish begin(Lease lease);

    /** Prolongs a lease and brings back what the server wants of its holder. */
    Wish heartbeat(Lease lease);

    /**
     * Stores events in order.
     *
     * @param first number of the first of them among all events of this lease, counted from 1
     * @throws LeaseLostException when the lease is somebody else's or over; the holder stops the run
     */
    void append(Lease lease, long first, List<RunEvent> events);

    /**
     * Stores the last events, ends the run and gives the lease back.
     *
     * @param first as in {@link #append}
     * @throws LeaseLostException as {@link #append}
     */
    void finish(Lease lease, long first, List<RunEvent> lastEvents, RunOutcome outcome);

    /** Gives back a run of which nothing was started: somebody else may have it. */
    void giveBack(Lease lease);

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

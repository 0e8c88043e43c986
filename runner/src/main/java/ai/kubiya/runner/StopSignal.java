package ai.kubiya.runner;

import org.jspecify.annotations.Nullable;

/**
 * Why a run has to end before its time. Whoever says it first is heard; giving the run up outranks all. While the run
 * is being prepared, which may take minutes of pulling an image, the thread that does it is interrupted.
 */
final class StopSignal {
    enum Reason {
        CANCELLED("cancelled"),
        DRAINED("cancelled: the runner is stopping"),
        ABANDONED("the lease is lost");

        final String message;

        Reason(String message) {
            this.message = message;
        }
    }

    private @Nullable Reason reason;
    private @Nullable Thread preparing;

    synchronized void stop(Reason why) {
        if (reason == null || why == Reason.ABANDONED) {
            reason = why;
            if (preparing != null) {
                preparing.interrupt();
            }
        }
    }

    synchronized @Nullable Reason reason() {
        return reason;
    }

    synchronized void beginPreparing() throws InterruptedException {
        if (reason != null) {
            throw new InterruptedException();
        }
        preparing = Thread.currentThread();
    }

    /** After this no interrupt of ours is pending. */
    synchronized void endPreparing() {
        preparing = null;
        if (Thread.interrupted() && reason == null) {
            // Not ours: nobody else ends a run this way, so the runner is going down.
            reason = Reason.DRAINED;
        }
    }
}

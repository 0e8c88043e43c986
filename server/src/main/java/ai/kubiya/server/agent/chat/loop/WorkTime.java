package ai.kubiya.server.agent.chat.loop;

import ai.kubiya.server.model.Cancellation;
import java.time.Duration;

/** Cancels the work of a turn when somebody wants it to, or when its time is up. */
final class WorkTime implements AutoCloseable {
    private final Cancellation work = new Cancellation();
    private final Cancellation outer;
    private final Cancellation.Registration registration;
    private final Thread timer;

    WorkTime(Cancellation outer, Duration limit) {
        this.outer = outer;
        this.registration = outer.onCancel(work::cancel);
        this.timer = Thread.ofVirtual().name("turn-time-limit").start(() -> {
            try {
                Thread.sleep(limit);
                work.cancel();
            } catch (InterruptedException e) {
                // The turn was over in time.
            }
        });
    }

    /** What the parts of the turn look at. */
    Cancellation cancellation() {
        return work;
    }

    /** Whether it was the time and not a person that ended the work. */
    boolean isUp() {
        return work.isCancelled() && !outer.isCancelled();
    }

    @Override
    public void close() {
        timer.interrupt();
        registration.close();
    }
}

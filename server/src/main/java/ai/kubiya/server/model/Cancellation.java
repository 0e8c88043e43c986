package ai.kubiya.server.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets one thread stop the work of another at once, also while that one waits for the network. */
public final class Cancellation {
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final List<Runnable> actions = new ArrayList<>();

    /** Takes an action back; to be closed as soon as the action makes no sense any more. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** Runs the registered actions once, on the caller's thread. Calling it again does nothing. */
    public void cancel() {
        List<Runnable> due;
        synchronized (actions) {
            if (isCancelled()) {
                return;
            }
            cancelled.countDown();
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    public boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /** Runs {@code action} when cancelled, at once if that has already happened. */
    public Registration onCancel(Runnable action) {
        synchronized (actions) {
            if (!isCancelled()) {
                actions.add(action);
                return () -> {
                    synchronized (actions) {
                        actions.remove(action);
                    }
                };
            }
        }
        action.run();
        return () -> {};
    }

    /** Waits, and says whether it was cancelled in the meantime. */
    public boolean waitFor(Duration duration) throws InterruptedException {
        return cancelled.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}

package ai.kubiya.server.execution;

import ai.kubiya.server.signal.Signals;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Reads an execution's events as they are made, until the last. It reads from the database at its reader's pace, so a
 * slow reader holds up nobody and loses nothing.
 */
public final class EventFollower {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final int BATCH = 500;

    private final ExecutionService executions;

    public EventFollower(ExecutionService executions) {
        this.executions = executions;
    }

    /** Takes events. */
    public interface Reader {
        void event(ExecutionEvent event) throws IOException;

        /** Everything that is there has been read. */
        default void caughtUp() throws IOException {}

        /** Nothing happened for a while. */
        default void silence() throws IOException {}
    }

    /**
     * Follows to the end.
     *
     * @param after number of the last event the reader already has; 0 = from the first
     */
    public void follow(Execution execution, long after, Reader reader) throws IOException, InterruptedException {
        long last = after;
        try (Signals.Subscription subscription = executions.watch(execution.id())) {
            while (true) {
                // Asked before the events are read: what is over now has all its events now.
                boolean over = executions
                        .find(execution.organizationId(), execution.id())
                        .map(found -> found.status().isOver())
                        .orElse(true);
                List<ExecutionEvent> events = executions.events(execution, last, BATCH);
                for (ExecutionEvent event : events) {
                    reader.event(event);
                    last = event.seq();
                }
                reader.caughtUp();
                if (events.size() == BATCH) {
                    continue;
                }
                if (over) {
                    return;
                }
                long before = System.nanoTime();
                subscription.await(HEARTBEAT);
                if (System.nanoTime() - before >= HEARTBEAT.toNanos()) {
                    reader.silence();
                }
            }
        }
    }
}

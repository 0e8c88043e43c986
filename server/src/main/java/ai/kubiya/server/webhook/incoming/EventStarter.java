package ai.kubiya.server.webhook.incoming;

import ai.kubiya.server.signal.Signals;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts what accepted events are for, one after another on a few threads. */
public final class EventStarter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventStarter.class);
    private static final int THREADS = 4;
    private static final Duration LOOK_ANYWAY = Duration.ofSeconds(1);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

    private final EventStart start;
    private final EventBell bell;
    private final List<Thread> threads;
    private volatile boolean closed;

    public EventStarter(EventStart start, EventBell bell) {
        this.start = start;
        this.bell = bell;
        this.threads = IntStream.range(0, THREADS)
                .mapToObj(i -> Thread.ofVirtual().name("webhook-starter-" + i).unstarted(this::run))
                .toList();
    }

    public EventStarter start() {
        threads.forEach(Thread::start);
        return this;
    }

    private void run() {
        try (Signals.Subscription news = bell.watchAccepted()) {
            while (!closed) {
                startAll();
                news.await(LOOK_ANYWAY);
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void startAll() {
        try {
            boolean more = true;
            while (more && !closed) {
                more = start.next();
            }
        } catch (RuntimeException e) {
            if (!closed) {
                log.warn("looking for events failed; it is tried again", e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (Thread thread : threads) {
                // Between two events: one that is being started is brought to its end.
                if (!thread.join(STOPS_WITHIN)) {
                    thread.interrupt();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

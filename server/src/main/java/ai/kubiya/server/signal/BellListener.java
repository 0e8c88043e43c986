package ai.kubiya.server.signal;

import ai.kubiya.server.db.Database;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears the bells of other servers on the same database. One connection, reopened when it breaks. */
public final class BellListener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BellListener.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Database database;
    private final Signals signals;
    private final Thread thread;
    private volatile boolean closed;

    public BellListener(Database database, Signals signals) {
        this.database = database;
        this.signals = signals;
        this.thread = Thread.ofVirtual().name("bell-listener").start(this::listen);
    }

    private void listen() {
        while (!closed) {
            try {
                database.listen(Bell.CHANNEL, this::heard, signals::signalAll, () -> closed);
            } catch (RuntimeException e) {
                if (closed) {
                    return;
                }
                log.warn("lost the connection that listens for other servers; trying again", e);
                try {
                    Thread.sleep(PAUSE);
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    private void heard(List<String> topics) {
        topics.forEach(signals::signal);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}

package ai.kubiya.server.user;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.http.Uuids;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of the changes that other servers on the same database make. One connection, reopened when it breaks; until then
 * {@link #isListening} is false, and nothing that was remembered may be relied on.
 */
public final class IdentityListener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IdentityListener.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A connection that has not proved itself for so long may have died without a word. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private final Database database;
    private final IdentityChanges changes;
    private final Thread thread;
    private volatile boolean listening;
    private volatile long provedAt;
    private volatile boolean closed;

    public IdentityListener(Database database, IdentityChanges changes) {
        this.database = database;
        this.changes = changes;
        this.thread = Thread.ofVirtual().name("identity-listener").start(this::listen);
    }

    /** Whether changes made elsewhere would be heard now. */
    public boolean isListening() {
        return listening && System.nanoTime() - provedAt < LONGEST_SILENCE.toNanos();
    }

    private void listen() {
        while (!closed) {
            try {
                database.listen(IdentityChanges.CHANNEL, this::heard, this::connected, this::stillThere);
            } catch (RuntimeException e) {
                listening = false;
                if (closed) {
                    return;
                }
                log.warn("lost the connection that listens for changed keys; they are looked up until it is back", e);
                try {
                    Thread.sleep(PAUSE);
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    /** What changed before was not heard. */
    private void connected() {
        changes.forgetAll();
        provedAt = System.nanoTime();
        listening = true;
    }

    /** Asked at least every few seconds while the connection is good. */
    private boolean stillThere() {
        provedAt = System.nanoTime();
        return closed;
    }

    private void heard(List<String> organizations) {
        organizations.forEach(text -> Uuids.parse(text).ifPresentOrElse(changes::forget, changes::forgetAll));
    }

    @Override
    public void close() {
        closed = true;
        listening = false;
        thread.interrupt();
    }
}

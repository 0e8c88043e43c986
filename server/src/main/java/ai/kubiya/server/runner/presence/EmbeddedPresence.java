package ai.kubiya.server.runner.presence;

import ai.kubiya.protocol.remote.ComponentReport;
import ai.kubiya.server.db.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of the embedded runner of this server that it lives, and how it does. */
public final class EmbeddedPresence implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPresence.class);

    private final Database database;
    private final ProcessStore store = new ProcessStore();
    private final Self self;
    private final Duration pause;
    private final Clock clock;
    private final Instant startedAt;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * What there is to say.
     *
     * @param node of this server
     * @param components as a remote runner reports them; may take a while to answer
     */
    public record Self(
            String node,
            String version,
            int concurrency,
            IntSupplier running,
            Supplier<Map<String, ComponentReport>> components) {}

    /** Says so for the first time, and then again and again. */
    public EmbeddedPresence(Database database, Self self, Duration pause, Clock clock) {
        this.database = database;
        this.self = self;
        this.pause = pause;
        this.clock = clock;
        this.startedAt = clock.instant();
        write(Map.of("agent_manager", new ComponentReport(self.version(), "", Map.of())));
        this.thread = Thread.ofVirtual().name("embedded-presence").start(this::run);
    }

    private void run() {
        try {
            do {
                try {
                    write(self.components().get());
                } catch (RuntimeException e) {
                    log.warn("the embedded runner cannot say that it lives: {}", e.toString());
                }
            } while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Map<String, ComponentReport> components) {
        database.useTransaction(transaction -> store.writeEmbedded(
                transaction,
                self.node(),
                self.version(),
                self.concurrency(),
                self.running().getAsInt(),
                components,
                startedAt,
                clock.instant()));
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
            database.useTransaction(transaction -> store.deleteEmbedded(transaction, self.node()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("the embedded runner cannot say goodbye: {}", e.toString());
        }
    }
}

package ai.kubiya.runner.remote;

import ai.kubiya.protocol.remote.HeartbeatAnswer;
import ai.kubiya.protocol.remote.HeartbeatRequest;
import ai.kubiya.protocol.remote.ProcessReport;
import ai.kubiya.runner.remote.ServerConnection.AwayException;
import ai.kubiya.runner.remote.ServerConnection.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says again and again that the process lives, and hears what the server wants of it. */
final class Heartbeats implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);
    private static final Duration SPARE = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** A server that answers at once without having anything to say must not be asked without end. */
    private static final Duration LEAST = Duration.ofMillis(100);

    private final ServerConnection server;
    private final String runnerName;
    private final Instance instance;
    private final Workers workers;
    private final Supplier<ProcessReport> report;
    private final Duration wait;
    private final Listener listener;
    private final Thread thread = Thread.ofVirtual().name("heartbeats").unstarted(this::run);
    private boolean away;

    /** Is told of what concerns the whole process. */
    interface Listener {
        void restart();

        void replaced();

        void refused(RefusedException refusal);
    }

    Heartbeats(
            ServerConnection server,
            String runnerName,
            Instance instance,
            Workers workers,
            Supplier<ProcessReport> report,
            Duration wait,
            Listener listener) {
        this.server = server;
        this.runnerName = runnerName;
        this.instance = instance;
        this.workers = workers;
        this.report = report;
        this.wait = wait;
        this.listener = listener;
    }

    Heartbeats start() {
        thread.start();
        return this;
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                instance.alive();
                long start = System.nanoTime();
                try {
                    beat(wait);
                    pause = FIRST_PAUSE;
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    if (took.compareTo(LEAST) < 0) {
                        Thread.sleep(LEAST);
                    }
                } catch (AwayException e) {
                    isAway(e);
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
            }
        } catch (RefusedException e) {
            listener.refused(e);
        } catch (InterruptedException closed) {
            log.debug("no more heartbeats");
        } catch (IOException e) {
            log.error("the state directory cannot be written", e);
            listener.restart();
        }
    }

    /** One sign of life. The answer may wait. */
    void beat(Duration atMost) throws InterruptedException {
        HeartbeatAnswer answer = server.call(
                runnerName,
                "heartbeat",
                new HeartbeatRequest(report.get(), workers.leases(), workers.stopping(), atMost),
                HeartbeatAnswer.class,
                atMost.plus(SPARE));
        isBack();
        answer.cancel().forEach(workers::cancelNow);
        answer.abandon().forEach(id -> {
            log.warn("the lease of {} is lost; its run is stopped", id);
            workers.abandonNow(id);
        });
        if (answer.replaced()) {
            listener.replaced();
        } else if (answer.restart()) {
            listener.restart();
        }
    }

    private void isAway(AwayException e) {
        if (!away) {
            away = true;
            log.warn("the server is out of reach; what runs goes on: {}", e.getMessage());
        }
    }

    private void isBack() {
        if (away) {
            away = false;
            log.info("the server is back");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

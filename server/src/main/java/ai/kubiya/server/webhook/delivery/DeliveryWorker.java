package ai.kubiya.server.webhook.delivery;

import ai.kubiya.server.signal.Signals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what is due. Every webhook has lanes of its own, each a thread that carries one delivery after another; a lane
 * that finds work opens another one, up to a few. So a slow endpoint fills its own lanes and no other's.
 */
public final class DeliveryWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DeliveryWorker.class);
    private static final int MOST_LANES = 8;
    private static final Duration LOOK_ANYWAY = Duration.ofSeconds(1);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

    private final DeliveryWork work;
    private final Deliveries deliveries;
    private final Clock clock;
    private final Map<UUID, Integer> lanes = new ConcurrentHashMap<>();
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("webhook-lane-", 0).factory());
    private final Thread dispatcher = Thread.ofVirtual().name("webhook-dispatcher").unstarted(this::dispatch);
    private volatile boolean closed;

    public DeliveryWorker(DeliveryWork work, Deliveries deliveries, Clock clock) {
        this.work = work;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    public DeliveryWorker start() {
        dispatcher.start();
        return this;
    }

    /** Lanes in use now. */
    public int active() {
        return lanes.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void dispatch() {
        try (Signals.Subscription news = deliveries.watch()) {
            while (!closed) {
                openLanes();
                news.await(LOOK_ANYWAY);
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void openLanes() {
        try {
            Instant now = clock.instant();
            work.due().stream()
                    .filter(due -> !due.dueAt().isAfter(now))
                    .forEach(due -> openLane(due.webhookId()));
        } catch (RuntimeException e) {
            if (!closed) {
                log.warn("looking for deliveries failed; it is tried again", e);
            }
        }
    }

    private void openLane(UUID webhookId) {
        int now = lanes.merge(webhookId, 1, Integer::sum);
        if (now > MOST_LANES) {
            closeLane(webhookId);
            return;
        }
        try {
            threads.execute(() -> lane(webhookId));
        } catch (RejectedExecutionException e) {
            closeLane(webhookId);
        }
    }

    private void closeLane(UUID webhookId) {
        lanes.computeIfPresent(webhookId, (_, count) -> count == 1 ? null : count - 1);
    }

    private void lane(UUID webhookId) {
        try {
            Optional<DeliveryWork.Taken> taken = work.take(webhookId);
            if (taken.isPresent() && !closed) {
                openLane(webhookId);
            }
            while (taken.isPresent()) {
                work.carry(taken.get());
                taken = closed ? Optional.empty() : work.take(webhookId);
            }
        } catch (RuntimeException e) {
            // What was in hand is free again after a while.
            if (!closed) {
                log.warn("a delivery of the webhook {} failed; it is tried again", webhookId, e);
            }
        } finally {
            closeLane(webhookId);
        }
    }

    /** Lets calls end that are going on, within bounds; those that do not are made again by the next process. */
    @Override
    public void close() {
        closed = true;
        dispatcher.interrupt();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package ai.kubiya.server.signal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Wakes those who wait for something in the database: events of an execution, work for a runner. A signal only says
 * "look again", so a lost or doubled one does no harm beyond a little delay.
 */
public final class Signals {
    private final Map<String, Set<Subscription>> subscriptions = new ConcurrentHashMap<>();
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();

    /** Waits for one topic. Subscribe before the first look, or a signal in between is missed. */
    public final class Subscription implements AutoCloseable {
        private final String topic;
        private final Semaphore pending = new Semaphore(0);

        private Subscription(String topic) {
            this.topic = topic;
        }

        /** Returns at once when a signal came since the last call. */
        public void await(Duration atMost) throws InterruptedException {
            if (pending.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                pending.drainPermits();
            }
        }

        @Override
        public void close() {
            subscriptions.computeIfPresent(topic, (_, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }

    public Subscription subscribe(String topic) {
        Subscription subscription = new Subscription(topic);
        subscriptions.compute(topic, (_, all) -> {
            Set<Subscription> some = all == null ? ConcurrentHashMap.newKeySet() : all;
            some.add(subscription);
            return some;
        });
        return subscription;
    }

    /** Looks for something, and again with every signal on a topic, until it is there or the time is over. */
    public <T> Optional<T> await(String topic, Duration atMost, Supplier<Optional<T>> look)
            throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        try (Subscription subscription = subscribe(topic)) {
            while (true) {
                Optional<T> found = look.get();
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (found.isPresent() || left.isNegative() || left.isZero()) {
                    return found;
                }
                subscription.await(left);
            }
        }
    }

    /** Calls a listener, besides those that are there, for every signal on a topic with this prefix. */
    public void onEach(String prefix, Consumer<String> listener) {
        listeners.computeIfAbsent(prefix, _ -> new CopyOnWriteArrayList<>()).add(listener);
    }

    public void signal(String topic) {
        listeners.forEach((prefix, some) -> {
            if (topic.startsWith(prefix)) {
                some.forEach(listener -> listener.accept(topic));
            }
        });
        subscriptions.getOrDefault(topic, Set.of()).forEach(subscription -> subscription.pending.release());
    }

    /** After a gap in the connection that brings signals: everybody looks again. */
    public void signalAll() {
        subscriptions.keySet().forEach(this::signal);
    }
}

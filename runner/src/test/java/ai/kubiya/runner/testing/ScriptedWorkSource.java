package ai.kubiya.runner.testing;

import ai.kubiya.protocol.Lease;
import ai.kubiya.protocol.RunEvent;
import ai.kubiya.protocol.RunOutcome;
import ai.kubiya.protocol.ToolRun;
import ai.kubiya.protocol.WorkSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The server's side, as a test wants it: hands out runs, keeps what comes back, is away when told to. */
public final class ScriptedWorkSource implements WorkSource {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LinkedBlockingQueue<Lease> queue = new LinkedBlockingQueue<>();
    private final Map<UUID, Received> received = new ConcurrentHashMap<>();
    private final Map<UUID, Wish> wishes = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();

    public UUID enqueue(ToolRun run) {
        UUID id = UUID.randomUUID();
        received.put(id, new Received());
        queue.add(new Lease(id, UUID.randomUUID(), 1, run));
        return id;
    }

    /** The next so many writes fail. */
    public void failNext(int writes) {
        failures.set(writes);
    }

    /** What the next heartbeat of a run answers. */
    public void wish(UUID id, Wish wish) {
        wishes.put(id, wish);
    }

    /** Waits for the outcome of a run. */
    public Received finished(UUID id) throws InterruptedException, TimeoutException {
        return await(id, run -> run.outcome != null);
    }

    /** Waits until a run has printed something. */
    public Received printed(UUID id, String text) throws InterruptedException, TimeoutException {
        return await(id, run -> run.text().contains(text));
    }

    @Override
    public List<Lease> lease(int most, Duration wait) throws InterruptedException {
        Lease first = queue.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        List<Lease> leases = new ArrayList<>();
        if (first != null) {
            leases.add(first);
            queue.drainTo(leases, most - 1);
        }
        return leases;
    }

    @Override
    public Wish begin(Lease lease) {
        return wishes.getOrDefault(lease.executionId(), Wish.CONTINUE);
    }

    @Override
    public void giveBack(Lease lease) {
        queue.add(lease);
    }

    @Override
    public Wish heartbeat(Lease lease) {
        return wishes.getOrDefault(lease.executionId(), Wish.CONTINUE);
    }

    @Override
    public void append(Lease lease, long first, List<RunEvent> events) {
        write(lease, run -> run.add(first, events));
    }

    @Override
    public void finish(Lease lease, long first, List<RunEvent> lastEvents, RunOutcome outcome) {
        write(lease, run -> {
            run.add(first, lastEvents);
            if (run.outcome != null) {
                throw new AssertionError("finished twice");
            }
            run.outcome = outcome;
        });
    }

    private synchronized void write(Lease lease, Consumer<Received> change) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the server is away");
        }
        if (wishes.get(lease.executionId()) == Wish.ABANDON) {
            throw new LeaseLostException("somebody else's");
        }
        Received run = received.get(lease.executionId());
        if (run != null && run.outcome != null) {
            throw new AssertionError("written after the end");
        }
        if (run != null) {
            change.accept(run);
        }
        notifyAll();
    }

    private synchronized Received await(UUID id, Predicate<Received> condition)
            throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Received run = received.getOrDefault(id, new Received());
        while (!condition.test(run)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new TimeoutException("nothing came; so far: " + run.events);
            }
            wait(left);
        }
        return run;
    }

    /** What came back of one run. */
    public static final class Received {
        private final List<RunEvent> events = new ArrayList<>();
        private @Nullable RunOutcome outcome;

        private void add(long first, List<RunEvent> more) {
            if (first != events.size() + 1) {
                throw new AssertionError("event " + first + " after " + events.size());
            }
            events.addAll(more);
        }

        public List<RunEvent> events() {
            return List.copyOf(events);
        }

        public RunOutcome outcome() {
            return Objects.requireNonNull(outcome);
        }

        public RunOutcome.Result result() {
            return outcome().result();
        }

        public String message() {
            return String.valueOf(outcome().message());
        }

        public String text() {
            return text("stdout") + text("stderr");
        }

        public String text(String stream) {
            StringBuilder text = new StringBuilder();
            for (RunEvent event : events) {
                if (event instanceof RunEvent.Output output && output.stream().equals(stream)) {
                    text.append(output.content());
                }
            }
            return text.toString();
        }

        public List<String> warnings() {
            return events.stream()
                    .filter(RunEvent.Warning.class::isInstance)
                    .map(event -> ((RunEvent.Warning) event).code())
                    .toList();
        }
    }
}

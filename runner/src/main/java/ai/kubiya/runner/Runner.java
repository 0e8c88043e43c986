package ai.kubiya.runner;

import ai.kubiya.protocol.Lease;
import ai.kubiya.protocol.WorkSource;
import ai.kubiya.runner.executor.ExecutorChoice;
import ai.kubiya.runner.output.SpillFile;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes runs from a {@link WorkSource}, executes several at one time, and stops them when it is told to. */
public final class Runner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Runner.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    // Time for a killed tool's last events to reach the server.
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final WorkSource source;
    private final RunnerConfig config;
    private final ExecutorChoice executors;
    private final InstantSource clock;
    private final Semaphore free;
    private final Map<UUID, LeasedRun> running = new ConcurrentHashMap<>();
    private final Map<UUID, Thread> threads = new ConcurrentHashMap<>();
    private final Thread leasing = Thread.ofVirtual().name("runner").unstarted(this::lease);
    private volatile boolean closing;

    public Runner(WorkSource source, RunnerConfig config, ExecutorChoice executors, InstantSource clock) {
        this.source = source;
        this.config = config;
        this.executors = executors;
        this.clock = clock;
        this.free = new Semaphore(config.concurrency());
    }

    /** Begins to take work. */
    public Runner start() {
        leasing.start();
        return this;
    }

    /** Cancels a run without waiting for its next heartbeat; false when it does not run here. */
    public boolean cancelNow(UUID executionId) {
        return stop(executionId, StopSignal.Reason.CANCELLED);
    }

    /** Stops a run whose lease is lost; what it has to say is not wanted any more. */
    public boolean abandonNow(UUID executionId) {
        return stop(executionId, StopSignal.Reason.ABANDONED);
    }

    private boolean stop(UUID executionId, StopSignal.Reason reason) {
        LeasedRun run = running.get(executionId);
        if (run == null) {
            return false;
        }
        run.stop(reason);
        return true;
    }

    /** The leases of what is in work. */
    public List<Lease> leases() {
        return running.values().stream().map(LeasedRun::lease).toList();
    }

    /** Those of them whose run is being stopped. */
    public List<Lease> stopping() {
        return running.values().stream()
                .filter(LeasedRun::isStopping)
                .map(LeasedRun::lease)
                .toList();
    }

    /** Runs in work now. */
    public int active() {
        return running.size();
    }

    /** Takes no more work, lets current runs go on for a while, then cancels the rest. */
    public void drain(Duration grace) throws InterruptedException {
        closing = true;
        leasing.interrupt();
        leasing.join();
        if (!awaitIdle(grace)) {
            running.values().forEach(run -> run.stop(StopSignal.Reason.DRAINED));
        }
        if (!awaitIdle(config.terminationGrace().plus(LAST_WORDS))) {
            log.warn("{} runs are left while the server is away; their leases will run out", running.size());
            running.values().forEach(run -> run.stop(StopSignal.Reason.ABANDONED));
            threads.values().forEach(Thread::interrupt);
            awaitIdle(LAST_WORDS);
        }
    }

    /** Cancels what runs and takes no more work. */
    @Override
    public void close() {
        try {
            drain(Duration.ZERO);
        } catch (InterruptedException e) {
            running.values().forEach(run -> run.stop(StopSignal.Reason.ABANDONED));
            Thread.currentThread().interrupt();
        }
    }

    private void lease() {
        Duration pause = FIRST_PAUSE;
        try {
            executors.removeLeftovers();
            if (config.spill() != null) {
                SpillFile.sweep(config.spill().folder());
            }
            while (!closing) {
                free.acquire();
                int slots = 1 + free.drainPermits();
                List<Lease> leases = List.of();
                try {
                    leases = source.lease(slots, config.leaseWait());
                    pause = FIRST_PAUSE;
                } catch (RuntimeException away) {
                    log.warn("the server gives no work: {}", away.toString());
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                } finally {
                    free.release(slots - leases.size());
                }
                leases.forEach(this::begin);
            }
        } catch (InterruptedException over) {
            log.debug("takes no more work");
        }
    }

    private void begin(Lease lease) {
        LeasedRun run = new LeasedRun(source, lease, config, executors, clock);
        running.put(lease.executionId(), run);
        if (closing) {
            run.stop(StopSignal.Reason.DRAINED);
        }
        Thread thread = Thread.ofVirtual().name("run-" + lease.executionId()).unstarted(() -> {
            try {
                run.execute();
            } catch (RuntimeException e) {
                log.error("the run {} ended without an outcome", lease.executionId(), e);
            } finally {
                running.remove(lease.executionId(), run);
                threads.remove(lease.executionId());
                free.release();
            }
        });
        threads.put(lease.executionId(), thread);
        thread.start();
    }

    private boolean awaitIdle(Duration time) throws InterruptedException {
        boolean idle = free.tryAcquire(config.concurrency(), time.toMillis(), TimeUnit.MILLISECONDS);
        if (idle) {
            free.release(config.concurrency());
        }
        return idle;
    }
}

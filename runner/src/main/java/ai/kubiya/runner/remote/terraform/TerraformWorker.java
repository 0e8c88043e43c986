package ai.kubiya.runner.remote.terraform;

import ai.kubiya.protocol.remote.HeldLease;
import ai.kubiya.runner.remote.ServerConnection.RefusedException;
import ai.kubiya.runner.remote.WorkQuestion;
import ai.kubiya.runner.terraform.TerraformDriver;
import ai.kubiya.runner.terraform.TerraformStop.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes plans and applies from the server, does several at one time, and stops them when it is told to. */
public final class TerraformWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TerraformWorker.class);
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** An older server may be exchanged; a refused token is the heartbeat's business. */
    private static final Duration REFUSED_PAUSE = Duration.ofMinutes(5);

    private static final Duration LOOK = Duration.ofSeconds(10);
    /** For the last words of a run to reach the server. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final TerraformCalls calls;
    private final TerraformDriver driver;
    private final JobFolders folders;
    private final int concurrency;
    private final Duration grace;
    private final Semaphore free;
    private final Map<UUID, RemoteJob> held = new ConcurrentHashMap<>();
    private final Map<UUID, Thread> threads = new ConcurrentHashMap<>();
    private final Thread leasing = Thread.ofVirtual().name("terraform").unstarted(this::lease);
    private final Thread looking = Thread.ofVirtual().name("left-states").unstarted(this::look);
    private volatile boolean closing;

    /**
     * A worker.
     *
     * @param grace how long Terraform may take to end after it was interrupted
     */
    public TerraformWorker(
            TerraformCalls calls, TerraformDriver driver, JobFolders folders, int concurrency, Duration grace) {
        this.calls = calls;
        this.driver = driver;
        this.folders = folders;
        this.concurrency = concurrency;
        this.grace = grace;
        this.free = new Semaphore(concurrency);
    }

    public TerraformWorker start() {
        leasing.start();
        return this;
    }

    /** Interrupts a run that somebody cancelled, if it is here. */
    public void cancelNow(UUID execution) {
        stop(execution, Reason.CANCELLED);
    }

    /** Interrupts a run whose lease is lost, if it is here. */
    public void abandonNow(UUID execution) {
        stop(execution, Reason.ABANDONED);
    }

    private void stop(UUID execution, Reason reason) {
        RemoteJob job = held.get(execution);
        if (job != null) {
            job.stop(reason);
        }
    }

    /** The leases of what is in work. */
    public List<HeldLease> leases() {
        return held.values().stream().map(RemoteJob::lease).toList();
    }

    /** Runs that are being stopped. */
    public List<UUID> stopping() {
        return held.values().stream()
                .filter(RemoteJob::isStopping)
                .map(job -> job.lease().execution())
                .toList();
    }

    /** Runs in work now. */
    public int active() {
        return held.size();
    }

    private void lease() {
        WorkQuestion<HeldLease> question = new WorkQuestion<>(calls::lease, calls::giveBack);
        Duration pause = FIRST_PAUSE;
        try {
            // What a killed process left comes first, so that the next plan begins with it.
            folders.handOver(held::containsKey);
            looking.start();
            while (!closing) {
                free.acquire();
                int slots = 1 + free.drainPermits();
                List<HeldLease> leases = List.of();
                try {
                    leases = question.ask(slots, WAIT);
                    pause = FIRST_PAUSE;
                } catch (RefusedException e) {
                    log.info("the server has no plans and applies for runners: {}", e.getMessage());
                    Thread.sleep(REFUSED_PAUSE);
                } catch (RuntimeException away) {
                    log.warn("the server gives no plans and applies: {}", away.toString());
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                } finally {
                    free.release(slots - leases.size());
                }
                leases.forEach(this::begin);
            }
        } catch (InterruptedException over) {
            log.debug("takes no more plans and applies");
        }
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                folders.handOver(held::containsKey);
            }
        } catch (InterruptedException closed) {
            log.debug("looks for no more states");
        }
    }

    private void begin(HeldLease lease) {
        UUID id = lease.execution();
        RemoteJob job = new RemoteJob(lease, calls, driver, folders);
        held.put(id, job);
        if (closing) {
            job.stop(Reason.DRAINED);
        }
        Thread thread = Thread.ofVirtual().name("terraform-" + id).unstarted(() -> {
            try {
                job.execute();
            } catch (InterruptedException e) {
                log.warn("the run {} is left; its lease will run out", id);
            } catch (RuntimeException e) {
                log.error("the run {} ended without an outcome", id, e);
            } finally {
                held.remove(id, job);
                threads.remove(id);
                free.release();
            }
        });
        threads.put(id, thread);
        thread.start();
    }

    /** Takes no more work, lets what runs go on for a while, then interrupts Terraform and waits for the states. */
    public void drain(Duration time) throws InterruptedException {
        closing = true;
        leasing.interrupt();
        leasing.join();
        if (awaitIdle(time)) {
            return;
        }
        held.values().forEach(job -> job.stop(Reason.DRAINED));
        if (awaitIdle(grace.plus(LAST_WORDS))) {
            return;
        }
        log.warn("{} runs did not end in time; what they wrote is handed over at the next start", held.size());
        held.values().forEach(RemoteJob::kill);
        if (!awaitIdle(LAST_WORDS)) {
            threads.values().forEach(Thread::interrupt);
            awaitIdle(LAST_WORDS);
        }
    }

    private boolean awaitIdle(Duration time) throws InterruptedException {
        boolean idle = free.tryAcquire(concurrency, time.toMillis(), TimeUnit.MILLISECONDS);
        if (idle) {
            free.release(concurrency);
        }
        return idle;
    }

    @Override
    public void close() {
        try {
            drain(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            looking.interrupt();
        }
    }
}

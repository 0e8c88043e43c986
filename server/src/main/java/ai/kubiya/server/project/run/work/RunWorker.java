package ai.kubiya.server.project.run.work;

import ai.kubiya.runner.terraform.TerraformStop;
import ai.kubiya.runner.terraform.TerraformStop.Reason;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.runner.Runners;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes plans and applies from the queue, keeps their leases, and interrupts them when they are cancelled. */
public final class RunWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunWorker.class);
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration BEAT = Duration.ofSeconds(4);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** For Terraform to end what it is doing and to save its state, when the server stops. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(60);

    private final Leases leases;
    private final RunTaker taker;
    private final int concurrency;
    private final Semaphore free;
    private final Map<UUID, TerraformStop> held = new ConcurrentHashMap<>();
    private final Thread leasing = Thread.ofVirtual().name("runs").unstarted(this::lease);
    private volatile boolean closing;

    public RunWorker(Leases leases, RunTaker taker, ExecutionService executions, int concurrency) {
        this.leases = leases;
        this.taker = taker;
        this.concurrency = concurrency;
        this.free = new Semaphore(concurrency);
        executions.onCancellation(this::cancelNow);
    }

    public RunWorker start() {
        leasing.start();
        return this;
    }

    /** Plans and applies at work here now. */
    public int active() {
        return held.size();
    }

    private void cancelNow(UUID execution) {
        TerraformStop here = held.get(execution);
        if (here != null) {
            here.stop(Reason.CANCELLED);
        }
    }

    private void lease() {
        try {
            while (!closing) {
                free.acquire();
                Optional<LeasedExecution> leased = Optional.empty();
                try {
                    leased = leases.next(Kind.TERRAFORM, Runners.LOCAL, WAIT);
                } catch (RuntimeException e) {
                    log.warn("no runs can be taken from the queue; trying again", e);
                    Thread.sleep(PAUSE);
                } finally {
                    if (leased.isEmpty()) {
                        free.release();
                    }
                }
                leased.ifPresent(this::begin);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void begin(LeasedExecution leased) {
        UUID id = leased.execution().id();
        TerraformStop stop = new TerraformStop();
        held.put(id, stop);
        Thread.ofVirtual().name("run-" + id).start(() -> {
            Thread beating = Thread.ofVirtual().name("run-lease-" + id).start(() -> beat(leased, stop));
            try {
                if (closing) {
                    leases.giveBack(leased.execution(), leased.token(), false);
                } else {
                    taker.take(leased, stop);
                }
            } catch (InterruptedException e) {
                log.debug("the run {} was interrupted", id);
            } catch (RuntimeException e) {
                giveUp(leased, e);
            } finally {
                beating.interrupt();
                held.remove(id, stop);
                free.release();
            }
        });
    }

    private void giveUp(LeasedExecution leased, RuntimeException failure) {
        try {
            taker.giveUp(leased, failure);
        } catch (RuntimeException e) {
            // The lease runs out, and the run is lost then.
            log.warn(
                    "the end of the run {} could not be written",
                    leased.execution().id(),
                    e);
        }
    }

    /** The first beat comes at once: it brings a cancellation that was asked for before the run was held here. */
    private void beat(LeasedExecution leased, TerraformStop stop) {
        UUID id = leased.execution().id();
        try {
            while (true) {
                try {
                    Optional<Boolean> cancelled = leases.heartbeat(id, leased.token());
                    if (cancelled.isEmpty()) {
                        stop.stop(Reason.ABANDONED);
                        return;
                    }
                    if (cancelled.get()) {
                        stop.stop(Reason.CANCELLED);
                    }
                } catch (RuntimeException e) {
                    log.warn("the lease of the run {} was not prolonged; trying again", id, e);
                }
                Thread.sleep(BEAT);
            }
        } catch (InterruptedException e) {
            // The run is over.
        }
    }

    /** Interrupts Terraform, and waits until the states are saved. Plans go back to the queue. */
    @Override
    public void close() {
        closing = true;
        leasing.interrupt();
        try {
            leasing.join(LAST_WORDS);
            held.values().forEach(stop -> stop.stop(Reason.DRAINED));
            if (!free.tryAcquire(concurrency, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn(
                        "{} runs did not end in time; Terraform is killed, and their states are taken over at the next"
                                + " start",
                        held.size());
                held.values().forEach(TerraformStop::kill);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

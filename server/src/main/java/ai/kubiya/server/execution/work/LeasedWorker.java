package ai.kubiya.server.execution.work;

import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.model.Cancellation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes executions of one kind from a queue, each on a thread of its own, keeps their leases, and stops them when they are
 * cancelled. One that is interrupted goes back to the queue and is gone on with by whoever takes it next.
 */
public final class LeasedWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LeasedWorker.class);
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration BEAT = Duration.ofSeconds(4);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Kind kind;
    private final String queue;
    private final Leases leases;
    private final Work work;
    private final int concurrency;
    private final Semaphore free;
    private final Map<UUID, Held> held = new ConcurrentHashMap<>();
    private final Thread leasing;
    private volatile boolean closing;

    /** An execution in work here. */
    private static final class Held {
        final LeasedExecution leased;
        final Cancellation cancellation = new Cancellation();
        volatile boolean lost;
        private @Nullable Thread worker;

        Held(LeasedExecution leased) {
            this.leased = leased;
        }

        synchronized void begin(Thread thread) {
            worker = thread;
        }

        /** No interrupt comes after this, so that putting the work back is not disturbed. */
        synchronized void end() {
            worker = null;
            boolean _ = Thread.interrupted();
        }

        synchronized void interrupt() {
            if (worker != null) {
                worker.interrupt();
            }
        }
    }

    /**
     * A worker; {@link #start} sets it to work.
     *
     * @param queue where its work waits: the runner in whose name it is queued
     * @param concurrency executions at the same time; they mostly wait
     */
    public LeasedWorker(
            Kind kind, String queue, Leases leases, ExecutionService executions, Work work, int concurrency) {
        this.kind = kind;
        this.queue = queue;
        this.leases = leases;
        this.work = work;
        this.concurrency = concurrency;
        this.free = new Semaphore(concurrency);
        this.leasing = Thread.ofVirtual().name(kind.wireName() + "s").unstarted(this::lease);
        executions.onCancellation(this::cancelNow);
    }

    public LeasedWorker start() {
        leasing.start();
        return this;
    }

    /** Executions in work now. */
    public int active() {
        return held.size();
    }

    private void cancelNow(UUID execution) {
        Held here = held.get(execution);
        if (here != null) {
            // Cancelling closes connections, and whoever asked for it should not wait for that.
            Thread.ofVirtual().name(kind.wireName() + "-cancel").start(here.cancellation::cancel);
        }
    }

    private void lease() {
        try {
            while (!closing) {
                free.acquire();
                Optional<LeasedExecution> leased = Optional.empty();
                try {
                    leased = leases.next(kind, queue, WAIT);
                } catch (RuntimeException e) {
                    log.warn("nothing of kind {} can be taken from the queue; trying again", kind.wireName(), e);
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
        Held here = new Held(leased);
        held.put(id, here);
        Thread.ofVirtual().name(kind.wireName() + "-" + id).start(() -> {
            here.begin(Thread.currentThread());
            Thread beating = Thread.ofVirtual().name("lease-" + id).start(() -> beat(here));
            try {
                if (closing) {
                    leases.giveBack(leased.execution(), leased.token(), false);
                } else {
                    work(here);
                }
            } catch (RuntimeException e) {
                // The lease runs out, and the execution is taken again then.
                log.warn("the {} {} could not be put back", kind.wireName(), id, e);
            } finally {
                beating.interrupt();
                held.remove(id, here);
                free.release();
            }
        });
    }

    /** The first beat comes at once: it brings a cancellation that was asked for before it was held here. */
    private void beat(Held here) {
        UUID id = here.leased.execution().id();
        try {
            while (true) {
                try {
                    Optional<Boolean> cancelled = leases.heartbeat(id, here.leased.token());
                    if (cancelled.isEmpty()) {
                        here.lost = true;
                        here.interrupt();
                        return;
                    }
                    if (cancelled.get()) {
                        here.cancellation.cancel();
                    }
                } catch (RuntimeException e) {
                    log.warn("the lease of {} was not prolonged; trying again", id, e);
                }
                Thread.sleep(BEAT);
            }
        } catch (InterruptedException e) {
            // The execution is over.
        }
    }

    private void work(Held here) {
        LeasedExecution leased = here.leased;
        UUID id = leased.execution().id();
        try {
            List<UUID> waitsFor;
            try {
                waitsFor = work.take(leased, here.cancellation);
            } finally {
                here.end();
            }
            if (!waitsFor.isEmpty()) {
                leases.park(leased.execution(), leased.token(), waitsFor);
            }
            return;
        } catch (LeaseLost e) {
            log.warn("another process has the {} {} now", kind.wireName(), id);
            return;
        } catch (InterruptedException e) {
            log.debug("the {} {} was interrupted", kind.wireName(), id);
        } catch (RuntimeException e) {
            if (!closing && !here.lost) {
                failed(leased, e);
                return;
            }
            // Interrupted in the middle of a statement.
            log.debug("the {} {} was interrupted", kind.wireName(), id, e);
        }
        if (!here.lost) {
            leases.giveBack(leased.execution(), leased.token(), false);
        }
    }

    private void failed(LeasedExecution leased, RuntimeException failure) {
        UUID id = leased.execution().id();
        if (leased.execution().attempt() >= Leases.MOST_ATTEMPTS) {
            log.error("the {} {} failed for the last time", kind.wireName(), id, failure);
            work.giveUp(
                    leased,
                    "internal_error",
                    "Something went wrong in the server, whose log says what under " + id + ".");
            return;
        }
        log.warn("the {} {} failed and is tried again", kind.wireName(), id, failure);
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            log.debug("closing");
        }
        leases.giveBack(leased.execution(), leased.token(), true);
    }

    /** Interrupts what is in work and puts it back into the queue; its tools and its readers find it again there. */
    @Override
    public void close() {
        closing = true;
        leasing.interrupt();
        try {
            leasing.join(LAST_WORDS);
            held.values().forEach(Held::interrupt);
            if (!free.tryAcquire(concurrency, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn(
                        "{} of kind {} are left; they are taken up again when their leases have run out",
                        held.size(),
                        kind.wireName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

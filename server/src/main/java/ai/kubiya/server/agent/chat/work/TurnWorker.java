package ai.kubiya.server.agent.chat.work;

import ai.kubiya.server.agent.chat.SessionService;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.model.Cancellation;
import java.time.Duration;
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
 * Takes turns from the queue, each on a thread of its own, keeps their leases, and stops them when they are cancelled. A
 * turn that is interrupted goes back to the queue and is gone on with by whoever takes it next.
 */
public final class TurnWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TurnWorker.class);
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration BEAT = Duration.ofSeconds(4);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Leases leases;
    private final TurnTaker taker;
    private final int concurrency;
    private final Semaphore free;
    private final Map<UUID, Held> held = new ConcurrentHashMap<>();
    private final Thread leasing = Thread.ofVirtual().name("turns").unstarted(this::lease);
    private volatile boolean closing;

    /** A turn in work here. */
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

        /** No interrupt comes after this, so that putting the turn back is not disturbed. */
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

    public TurnWorker(Leases leases, TurnTaker taker, ExecutionService executions, int concurrency) {
        this.leases = leases;
        this.taker = taker;
        this.concurrency = concurrency;
        this.free = new Semaphore(concurrency);
        executions.onCancellation(this::cancelNow);
    }

    public TurnWorker start() {
        leasing.start();
        return this;
    }

    /** Turns in work now. */
    public int active() {
        return held.size();
    }

    private void cancelNow(UUID turn) {
        Held here = held.get(turn);
        if (here != null) {
            // Cancelling closes connections, and whoever asked for it should not wait for that.
            Thread.ofVirtual().name("turn-cancel").start(here.cancellation::cancel);
        }
    }

    private void lease() {
        try {
            while (!closing) {
                free.acquire();
                Optional<LeasedExecution> leased = Optional.empty();
                try {
                    leased = leases.next(Kind.AGENT_TURN, SessionService.QUEUE, WAIT);
                } catch (RuntimeException e) {
                    log.warn("no turns can be taken from the queue; trying again", e);
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
        Held turn = new Held(leased);
        held.put(id, turn);
        Thread.ofVirtual().name("turn-" + id).start(() -> {
            turn.begin(Thread.currentThread());
            Thread beating = Thread.ofVirtual().name("turn-lease-" + id).start(() -> beat(turn));
            try {
                if (closing) {
                    leases.giveBack(leased.execution(), leased.token(), false);
                } else {
                    work(turn);
                }
            } catch (RuntimeException e) {
                // The lease runs out, and the turn is taken again then.
                log.warn("the turn {} could not be put back", id, e);
            } finally {
                beating.interrupt();
                held.remove(id, turn);
                free.release();
            }
        });
    }

    /** The first beat comes at once: it brings a cancellation that was asked for before the turn was held here. */
    private void beat(Held turn) {
        UUID id = turn.leased.execution().id();
        try {
            while (true) {
                try {
                    Optional<Boolean> cancelled = leases.heartbeat(id, turn.leased.token());
                    if (cancelled.isEmpty()) {
                        turn.lost = true;
                        turn.interrupt();
                        return;
                    }
                    if (cancelled.get()) {
                        turn.cancellation.cancel();
                    }
                } catch (RuntimeException e) {
                    log.warn("the lease of the turn {} was not prolonged; trying again", id, e);
                }
                Thread.sleep(BEAT);
            }
        } catch (InterruptedException e) {
            // The turn is over.
        }
    }

    private void work(Held turn) {
        LeasedExecution leased = turn.leased;
        UUID id = leased.execution().id();
        try {
            try {
                taker.take(leased, turn.cancellation);
                return;
            } finally {
                turn.end();
            }
        } catch (SessionJournal.LeaseLost e) {
            log.warn("another process has the turn {} now", id);
            return;
        } catch (InterruptedException e) {
            log.debug("the turn {} was interrupted", id);
        } catch (RuntimeException e) {
            if (!closing && !turn.lost) {
                failed(leased, e);
                return;
            }
            // Interrupted in the middle of a statement.
            log.debug("the turn {} was interrupted", id, e);
        }
        if (!turn.lost) {
            leases.giveBack(leased.execution(), leased.token(), false);
        }
    }

    private void failed(LeasedExecution leased, RuntimeException failure) {
        UUID id = leased.execution().id();
        if (leased.execution().attempt() >= Leases.MOST_ATTEMPTS) {
            log.error("the turn {} failed for the last time", id, failure);
            taker.giveUp(
                    leased,
                    "internal_error",
                    "Something went wrong in the server, whose log says what under " + id + ".");
            return;
        }
        log.warn("the turn {} failed and is tried again", id, failure);
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            log.debug("closing");
        }
        leases.giveBack(leased.execution(), leased.token(), true);
    }

    /** Interrupts the turns and puts them back into the queue; their tools and their readers find them again there. */
    @Override
    public void close() {
        closing = true;
        leasing.interrupt();
        try {
            leasing.join(LAST_WORDS);
            held.values().forEach(Held::interrupt);
            if (!free.tryAcquire(concurrency, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("{} turns are left; they are taken up again when their leases have run out", held.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

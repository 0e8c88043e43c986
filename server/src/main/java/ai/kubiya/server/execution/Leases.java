package ai.kubiya.server.execution;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.signal.Bell;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands work to those who do it, takes their reports, and takes the work back when they die. */
public final class Leases {
    private static final Logger log = LoggerFactory.getLogger(Leases.class);
    /** A holder that is silent for this long is taken for dead. */
    public static final Duration LENGTH = Duration.ofSeconds(15);
    /** A turn that took its server down this often is not tried again. */
    public static final int MOST_ATTEMPTS = 5;

    private final Database database;
    private final ExecutionStore store = new ExecutionStore();
    private final LeaseStore leases = new LeaseStore();
    private final ExecutionListeners listeners;
    private final Bell bell;
    private final Clock clock;
    private final String owner;

    /**
     * The leases of one server process.
     *
     * @param listeners are told how they end
     * @param owner names this installation; the same after a restart, so that what an earlier process of it held is
     *     known to be abandoned
     */
    public Leases(Database database, ExecutionListeners listeners, Bell bell, Clock clock, String owner) {
        this.database = database;
        this.listeners = listeners;
        this.bell = bell;
        this.clock = clock;
        this.owner = owner;
    }

    /** Waits up to {@code wait} for work. */
    public Optional<LeasedExecution> next(Kind kind, String runner, Duration wait) throws InterruptedException {
        UUID token = UUID.randomUUID();
        return bell.signals()
                .await(
                        Topics.queue(kind, runner),
                        wait,
                        () -> database.inTransaction(transaction -> leases.leaseNext(
                                        transaction,
                                        kind,
                                        runner,
                                        owner,
                                        token,
                                        clock.instant().plus(LENGTH)))
                                .map(found -> new LeasedExecution(found, token)));
    }

    /** Prolongs; the answer says whether a cancellation was asked for. Empty when the lease is lost. */
    public Optional<Boolean> heartbeat(UUID id, UUID token) {
        return database.inTransaction(transaction ->
                        leases.prolong(transaction, id, token, clock.instant().plus(LENGTH)))
                .map(execution -> execution.cancelRequestedAt() != null);
    }

    /** Appends events; false, and nothing written, when the lease is lost. */
    public boolean append(UUID id, UUID token, List<NewEvent> events) {
        return append(id, token, events, transaction -> {});
    }

    /** As {@link #append(UUID, UUID, List)}, with other writes that stand or fall with the events. */
    public boolean append(UUID id, UUID token, List<NewEvent> events, Consumer<Transaction> more) {
        return append(HeldWork.here(id, token), 0, events, more);
    }

    /**
     * Appends events that the holder numbers, each once however often they are sent.
     *
     * @param first number of the first of them among all events of the lease, counted from 1
     */
    public boolean append(HeldWork held, long first, List<NewEvent> events) {
        return append(held, first, events, transaction -> {});
    }

    /** As {@link #append(UUID, UUID, List)}, with events that are known only when other writes are made. */
    public boolean append(UUID id, UUID token, Function<Transaction, List<NewEvent>> writes) {
        HeldWork held = HeldWork.here(id, token);
        String topic = Topics.events(id);
        boolean written = database.inTransaction(transaction -> {
            if (!appendIn(transaction, held, 0, List.of())) {
                return false;
            }
            appendIn(transaction, held, 0, writes.apply(transaction));
            bell.ringOthers(transaction, topic);
            return true;
        });
        if (written) {
            bell.ringHere(topic);
        }
        return written;
    }

    private boolean append(HeldWork held, long first, List<NewEvent> events, Consumer<Transaction> more) {
        String topic = Topics.events(held.execution());
        boolean written = database.inTransaction(transaction -> {
            if (!appendIn(transaction, held, first, events)) {
                return false;
            }
            more.accept(transaction);
            bell.ringOthers(transaction, topic);
            return true;
        });
        if (written) {
            bell.ringHere(topic);
        }
        return written;
    }

    /** Ends an execution and writes its last events; false when the lease is lost. */
    public boolean end(UUID id, UUID token, Ending ending, List<NewEvent> lastEvents) {
        return end(id, token, ending, lastEvents, transaction -> {});
    }

    /** As {@link #end(UUID, UUID, Ending, List)}, with other writes that stand or fall with the end. */
    public boolean end(UUID id, UUID token, Ending ending, List<NewEvent> lastEvents, Consumer<Transaction> more) {
        return end(HeldWork.here(id, token), 0, ending, lastEvents, more);
    }

    /** Ends an execution with events that the holder numbers; true as well when this holder had done so before. */
    public boolean end(HeldWork held, long first, Ending ending, List<NewEvent> lastEvents) {
        return end(held, first, ending, lastEvents, transaction -> {});
    }

    private boolean end(
            HeldWork held, long first, Ending ending, List<NewEvent> lastEvents, Consumer<Transaction> more) {
        List<NewEvent> events = new ArrayList<>(lastEvents);
        events.add(new NewEvent(clock.instant(), "result", ExecutionService.result(ending)));
        String topic = Topics.events(held.execution());
        boolean ended = database.inTransaction(transaction -> {
            Optional<Execution> done = appendIn(transaction, held, first, events)
                    ? leases.end(transaction, held, ending, clock.instant())
                    : Optional.empty();
            done.ifPresent(execution -> {
                more.accept(transaction);
                listeners.ended(transaction, execution);
                bell.ringOthers(transaction, topic);
            });
            return done.isPresent();
        });
        if (ended) {
            bell.ringHere(topic);
        }
        return ended || (first > 0 && hasEnded(held));
    }

    boolean hasEnded(HeldWork held) {
        return database.read(transaction -> leases.hasEnded(transaction, held));
    }

    /**
     * Puts work back into the queue: its holder stops before it is done.
     *
     * @param countAttempt false when the work is not to blame
     */
    public void giveBack(Execution execution, UUID token, boolean countAttempt) {
        String queue = Topics.queue(execution.kind(), execution.runner());
        boolean given = database.inTransaction(transaction -> {
            boolean done = leases.giveBack(transaction, execution.id(), token, countAttempt);
            if (done) {
                bell.ringOthers(transaction, queue);
            }
            return done;
        });
        if (given) {
            bell.ringHere(queue);
        }
    }

    /** Puts work of which nothing was begun back into the queue; it does not count as an attempt. */
    public void giveBack(HeldWork held) {
        database.inTransaction(transaction -> {
                    Optional<Execution> given = leases.giveBackUnbegun(transaction, held);
                    given.ifPresent(execution ->
                            bell.ringOthers(transaction, Topics.queue(execution.kind(), execution.runner())));
                    return given;
                })
                .ifPresent(execution -> bell.ringHere(Topics.queue(execution.kind(), execution.runner())));
    }

    /**
     * Lays work aside while all that it waits for waits itself: for people, that is, and maybe for days. It is queued again
     * when one of those goes on.
     *
     * @param executions what it waits for
     */
    public void park(Execution execution, UUID token, Collection<UUID> executions) {
        String queue = Topics.queue(execution.kind(), execution.runner());
        database.useTransaction(transaction -> {
            Optional<Execution> parked = leases.park(transaction, execution.id(), token);
            if (parked.isEmpty()) {
                return;
            }
            // Whoever ends the waiting of one of them locks this row first, so what is read now is not about to change.
            boolean stillWaiting = parked.get().cancelRequestedAt() == null
                    && executions.stream()
                            .allMatch(id -> store.find(transaction, execution.organizationId(), id)
                                    .filter(found -> found.status() == Status.WAITING)
                                    .isPresent());
            if (!stillWaiting) {
                leases.requeue(transaction, execution.id());
                bell.ringOthers(transaction, queue);
                transaction.afterCommit(() -> bell.ringHere(queue));
            } else {
                NewEvent event =
                        new NewEvent(clock.instant(), "status", Json.object().put("status", "waiting"));
                store.appendEvents(transaction, execution.id(), List.of(event));
                bell.ringOthers(transaction, Topics.events(execution.id()));
                transaction.afterCommit(() -> bell.ringHere(Topics.events(execution.id())));
            }
        });
    }

    private boolean appendIn(Transaction transaction, HeldWork held, long first, List<NewEvent> events) {
        LeaseStore.@Nullable Room room = leases.makeRoom(transaction, held, first, events.size(), clock.instant());
        if (room == null) {
            return false;
        }
        if (room.added() > 0) {
            List<NewEvent> added = events.subList(events.size() - room.added(), events.size());
            store.insertEvents(transaction, held.execution(), room.last() - room.added() + 1, added);
        }
        UUID task = room.begunTask();
        if (task != null) {
            listeners.begun(transaction, held.execution(), task);
        }
        return true;
    }

    /** At start: what an earlier process of this installation held has no holder now. */
    public int takeBackOwn() {
        return takeBackOf(owner);
    }

    /** What a holder had that is known to be gone. */
    int takeBackOf(String deadOwner) {
        return takeBack(transaction -> leases.ownedBy(transaction, deadOwner));
    }

    /**
     * Now and then: what nobody prolonged.
     *
     * @param remote also what remote runners hold. Not right after a time in which they could not reach any server.
     */
    public int takeBackExpired(boolean remote) {
        return takeBack(transaction -> leases.expired(transaction, clock.instant(), remote));
    }

    private int takeBack(Function<Transaction, List<Execution>> find) {
        List<Execution> taken = database.inTransaction(transaction -> {
            List<Execution> abandoned = find.apply(transaction);
            abandoned.forEach(execution -> settle(transaction, execution));
            return abandoned;
        });
        for (Execution execution : taken) {
            log.warn("execution {} ({} {}) lost its runner", execution.id(), execution.kind(), execution.subject());
            bell.ringHere(Topics.events(execution.id()));
            bell.ringHere(Topics.queue(execution.kind(), execution.runner()));
        }
        return taken.size();
    }

    private void settle(Transaction transaction, Execution execution) {
        Instant now = clock.instant();
        boolean untouched = execution.status() == Status.LEASED;
        boolean again = (untouched || execution.kind().isResumable()) && execution.attempt() < MOST_ATTEMPTS;
        if (execution.cancelRequestedAt() != null) {
            end(transaction, execution, Ending.of(Status.CANCELLED, "cancelled", "It was cancelled."), now);
        } else if (again) {
            leases.requeue(transaction, execution.id());
            store.appendEvents(
                    transaction,
                    execution.id(),
                    List.of(new NewEvent(
                            now,
                            "status",
                            Json.object()
                                    .put("status", "queued")
                                    .put("message", "The process that held it died; it is queued again."))));
        } else {
            end(
                    transaction,
                    execution,
                    Ending.of(
                            Status.LOST,
                            "lost",
                            "The process that ran it died or was out of reach for too long. It may have had effects;"
                                    + " start it again if that is safe."),
                    now);
        }
        bell.ringOthers(transaction, Topics.events(execution.id()));
        bell.ringOthers(transaction, Topics.queue(execution.kind(), execution.runner()));
    }

    /** Ends an execution whose row is locked, whoever has it. */
    void endNow(Transaction transaction, Execution execution, Ending ending) {
        end(transaction, execution, ending, clock.instant());
        bell.ringOthers(transaction, Topics.events(execution.id()));
    }

    private void end(Transaction transaction, Execution execution, Ending ending, Instant now) {
        Execution ended = leases.endAbandoned(transaction, execution.id(), ending, now);
        store.appendEvents(
                transaction, execution.id(), List.of(new NewEvent(now, "result", ExecutionService.result(ending))));
        listeners.ended(transaction, ended);
    }
}

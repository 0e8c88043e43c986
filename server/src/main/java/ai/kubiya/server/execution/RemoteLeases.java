package ai.kubiya.server.execution;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.signal.Bell;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Leases of remote runners. Their answers can be lost on the way, so every call may be repeated; and they may be out of
 * reach for a while, so work that was begun is left to them longer than to a worker of this process.
 */
public final class RemoteLeases {
    /** What the owners of remote leases begin with. */
    static final String OWNERS = "runner/";

    private final Database database;
    private final ExecutionStore store = new ExecutionStore();
    private final RemoteLeaseStore leases = new RemoteLeaseStore();
    private final Leases all;
    private final Bell bell;
    private final Clock clock;

    public RemoteLeases(Database database, Leases all, Bell bell, Clock clock) {
        this.database = database;
        this.all = all;
        this.bell = bell;
        this.clock = clock;
    }

    /** Names a process of a runner as a holder. */
    public static String owner(UUID runner, UUID instance) {
        return OWNERS + runner + "/" + instance;
    }

    /**
     * Waits up to {@code wait} for work of a kind.
     *
     * @param tokens of the leases; what was handed out under one of them before is handed out again
     * @param room how many runs the runner may take now, asked within the transaction that takes them
     */
    public List<LeasedExecution> next(
            Kind kind, Lessee lessee, List<UUID> tokens, Duration wait, ToIntFunction<Transaction> room)
            throws InterruptedException {
        return bell.signals()
                .await(
                        Topics.queue(kind, lessee.runner()),
                        wait,
                        () -> Optional.of(look(kind, lessee, tokens, room)).filter(found -> !found.isEmpty()))
                .orElse(List.of());
    }

    private List<LeasedExecution> look(Kind kind, Lessee lessee, List<UUID> tokens, ToIntFunction<Transaction> room) {
        return database.inTransaction(transaction -> {
            List<LeasedExecution> again = leases.leasedUnder(transaction, lessee, tokens);
            if (!again.isEmpty()) {
                return again;
            }
            int most = Math.min(tokens.size(), room.applyAsInt(transaction));
            return most <= 0
                    ? List.<LeasedExecution>of()
                    : leases.leaseSome(
                            transaction,
                            kind,
                            lessee,
                            tokens.subList(0, most),
                            clock.instant().plus(Leases.LENGTH));
        });
    }

    /** What a holder has; empty when the lease is lost. */
    public Optional<LeasedExecution> held(HeldWork held) {
        return database.read(transaction -> leases.held(transaction, held));
    }

    /** Adds an event that the holder does not count among its own, unless the lease is lost. */
    public void note(HeldWork held, NewEvent event) {
        String topic = Topics.events(held.execution());
        boolean noted = database.inTransaction(transaction -> {
            if (leases.held(transaction, held).isEmpty()) {
                return false;
            }
            store.appendEvents(transaction, held.execution(), List.of(event));
            bell.ringOthers(transaction, topic);
            return true;
        });
        if (noted) {
            bell.ringHere(topic);
        }
    }

    /** Whether this holder has ended its execution, or given it back. */
    public boolean hasEnded(HeldWork held) {
        return all.hasEnded(held);
    }

    /** Says that work begins. Empty when the lease is lost, else whether it is to be cancelled. */
    public Optional<Boolean> begin(HeldWork held, Duration patience) {
        return database.inTransaction(transaction ->
                leases.begin(transaction, held, clock.instant(), clock.instant().plus(patience)));
    }

    /**
     * Prolongs.
     *
     * @param tokens by execution
     * @param patience how long the runner may be silent while it runs something
     * @return for those that are still the holder's, whether they are to be cancelled
     */
    public Map<UUID, Boolean> heartbeat(UUID organization, Map<UUID, UUID> tokens, Duration patience) {
        return tokens.isEmpty()
                ? Map.of()
                : database.inTransaction(transaction -> leases.prolong(
                        transaction,
                        organization,
                        tokens,
                        clock.instant().plus(Leases.LENGTH),
                        clock.instant().plus(patience)));
    }

    /** What a process held that is known to be gone. */
    public int takeBackOf(String owner) {
        return all.takeBackOf(owner);
    }

    /** Topic that rings when something is wanted of a runner's processes. */
    public static String wishes(UUID organization, String runner) {
        return Topics.wishes(organization, runner);
    }

    /** Tells processes of a runner, on whatever server they wait, to ask what is wanted of them. */
    public void ringWishes(Transaction transaction, UUID organization, String runner) {
        String topic = Topics.wishes(organization, runner);
        bell.ringOthers(transaction, topic);
        transaction.afterCommit(() -> bell.ringHere(topic));
    }

    /** Runs queued for, or in the hands of, each of these runners of an organisation; of none more than a thousand. */
    public Map<String, Integer> load(Transaction transaction, UUID organization, List<String> runners) {
        return leases.load(transaction, organization, runners);
    }

    /** Runs in the hands of a runner. */
    public int inWork(Transaction transaction, UUID organization, String runner) {
        return leases.inWork(transaction, organization, runner);
    }

    /**
     * Gives runs that wait for a runner, and would run on others too, to another one.
     *
     * @param another names one, given how the caller named the runner; empty = they wait on
     * @return how many were moved
     */
    public int moveWaiting(
            Transaction transaction, UUID organization, String runner, Function<String, Optional<String>> another) {
        List<String> topics = new ArrayList<>();
        for (RemoteLeaseStore.Waiting waiting : leases.waiting(transaction, organization, runner)) {
            another.apply(waiting.wanted())
                    .filter(other -> !other.equals(runner))
                    .ifPresent(other -> {
                        leases.move(transaction, organization, waiting.id(), other);
                        topics.add(Topics.queue(Kind.TOOL, other));
                    });
        }
        topics.stream().distinct().forEach(topic -> bell.ringOthers(transaction, topic));
        transaction.afterCommit(() -> topics.stream().distinct().forEach(bell::ringHere));
        return topics.size();
    }

    /** Tells those who follow the runs of a runner that it is silent. */
    public void warn(Transaction transaction, UUID organization, String runner, NewEvent warning) {
        List<UUID> running = leases.running(transaction, organization, runner);
        running.forEach(id -> {
            store.appendEvents(transaction, id, List.of(warning));
            bell.ringOthers(transaction, Topics.events(id));
        });
        transaction.afterCommit(() -> running.forEach(id -> bell.ringHere(Topics.events(id))));
    }

    /** Ends what a runner that is no more had or was to have. */
    public void endAll(Transaction transaction, UUID organization, String runner, Ending ending) {
        end(transaction, leases.ofRunner(transaction, organization, runner), ending);
    }

    /** Ends what waits for a runner. */
    public int endWaiting(Transaction transaction, UUID organization, String runner, Ending ending) {
        List<Execution> waiting = leases.ofRunner(transaction, organization, runner).stream()
                .filter(execution -> execution.status() == Status.QUEUED)
                .toList();
        end(transaction, waiting, ending);
        return waiting.size();
    }

    private void end(Transaction transaction, List<Execution> left, Ending ending) {
        List<String> topics = new ArrayList<>();
        for (Execution execution : left) {
            all.endNow(transaction, execution, ending);
            topics.add(Topics.events(execution.id()));
        }
        transaction.afterCommit(() -> topics.forEach(bell::ringHere));
    }
}

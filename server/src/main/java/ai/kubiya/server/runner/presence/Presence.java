package ai.kubiya.server.runner.presence;

import ai.kubiya.protocol.remote.ProcessReport;
import ai.kubiya.server.access.RunnerIdentity;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.event.EventLog;
import ai.kubiya.server.event.NewEvent;
import ai.kubiya.server.execution.RemoteLeases;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.jobs.Vigil;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Takes signs of life and finds who gives none. */
public final class Presence {
    private static final Duration KEPT = Duration.ofDays(1);

    private final Database database;
    private final ProcessStore store = new ProcessStore();
    private final RemoteLeases leases;
    private final EventLog events;
    private final Times times;
    private final Clock clock;
    private final Vigil vigil;

    /**
     * How long things take.
     *
     * @param patience how long the runs of a silent runner are kept
     */
    public record Times(Duration patience) {
        /** How often a runner is to give a sign of life. */
        public Duration heartbeat() {
            return least(Duration.ofSeconds(5), patience.dividedBy(4));
        }

        /** A runner that was silent for so long is offline. */
        public Duration offlineAfter() {
            return least(Duration.ofSeconds(30), patience);
        }

        private static Duration least(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }
    }

    public Presence(Database database, RemoteLeases leases, EventLog events, Times times, Clock clock) {
        this.database = database;
        this.leases = leases;
        this.events = events;
        this.times = times;
        this.clock = clock;
        this.vigil = new Vigil(times.offlineAfter(), times.offlineAfter());
    }

    public Times times() {
        return times;
    }

    /** A process has started. What an earlier one of the same instance held has no holder any more. */
    public void register(RunnerIdentity runner, ProcessReport report, Consumer<Transaction> more) {
        boolean restarted = database.inTransaction(transaction -> {
            lock(transaction, runner);
            Optional<UUID> before = store.boot(transaction, runner, report.instance());
            note(transaction, runner, report);
            more.accept(transaction);
            return before.isPresent() && !before.get().equals(report.boot());
        });
        if (restarted) {
            leases.takeBackOf(RemoteLeases.owner(runner.runnerId(), report.instance()));
        }
    }

    /** A sign of life; false when another process has registered as the same instance since. */
    public boolean heartbeat(RunnerIdentity runner, ProcessReport report, Consumer<Transaction> more) {
        return database.inTransaction(transaction -> {
            lock(transaction, runner);
            Optional<UUID> boot = store.boot(transaction, runner, report.instance());
            if (boot.isPresent() && !boot.get().equals(report.boot())) {
                return false;
            }
            note(transaction, runner, report);
            more.accept(transaction);
            return true;
        });
    }

    private void lock(Transaction transaction, RunnerIdentity runner) {
        if (!store.lock(transaction, runner)) {
            throw ApiException.notFound("runner", runner.name());
        }
    }

    private void note(Transaction transaction, RunnerIdentity runner, ProcessReport report) {
        Instant now = clock.instant();
        if (store.seen(transaction, runner, now)) {
            events.append(
                    transaction,
                    runner.organizationId(),
                    event("runner.online", runner.runnerId(), runner.name())
                            .with("host", report.host())
                            .with("version", report.version())
                            .done());
        }
        store.write(transaction, runner, report, now);
    }

    /** Whether a process is to end its work and start anew. */
    public boolean mustRestart(RunnerIdentity runner, UUID instance) {
        return database.read(transaction -> store.mustRestart(transaction, runner, instance));
    }

    /**
     * Whether a process takes work. One that was killed, or has hung up because it ends, may have left a question behind
     * that is still waiting for an answer.
     */
    public boolean takesWork(Transaction transaction, RunnerIdentity runner, UUID instance, UUID boot) {
        return store.takesWork(transaction, runner, instance, boot);
    }

    /** A process has ended by itself. */
    public void goodbye(RunnerIdentity runner, UUID instance, UUID boot) {
        database.useTransaction(transaction -> {
            lock(transaction, runner);
            store.delete(transaction, runner, instance, boot);
            if (store.gone(transaction, runner, aliveSince())) {
                events.append(
                        transaction,
                        runner.organizationId(),
                        event("runner.offline", runner.runnerId(), runner.name())
                                .with("reason", "stopped")
                                .done());
            }
        });
        leases.takeBackOf(RemoteLeases.owner(runner.runnerId(), instance));
    }

    /**
     * Takes silent runners for offline. Any number of servers may do so at once.
     *
     * @param then is told of each, within the transaction
     */
    public void findSilent(SilentListener then) {
        if (!vigil.look()) {
            return;
        }
        Instant since = aliveSince();
        database.useTransaction(transaction -> {
            for (ProcessStore.Silent runner : store.silent(transaction, since)) {
                events.append(
                        transaction,
                        runner.organization(),
                        event("runner.offline", runner.id(), runner.name())
                                .with("reason", "silent")
                                .with("last_seen_at", String.valueOf(Json.time(runner.lastSeen())))
                                .done());
                then.silent(transaction, runner.organization(), runner.name(), runner.lastSeen());
            }
        });
    }

    /** Hears of runners that became offline. */
    @FunctionalInterface
    public interface SilentListener {
        void silent(Transaction transaction, UUID organization, String runner, Instant lastSeen);
    }

    /** Forgets processes that were not heard of for a day. */
    public void forgetGone() {
        database.useTransaction(
                transaction -> store.forget(transaction, clock.instant().minus(KEPT)));
    }

    private Instant aliveSince() {
        return clock.instant().minus(times.offlineAfter());
    }

    /** The live processes of runners. */
    public List<RunnerProcess> live(Transaction transaction, UUID organization, Collection<UUID> runners) {
        return runners.isEmpty() ? List.of() : store.live(transaction, organization, runners, aliveSince());
    }

    /** The embedded runners of all live servers. */
    public List<RunnerProcess> embedded(Transaction transaction) {
        return store.embedded(transaction, aliveSince());
    }

    /** Runs that wait for or run on the embedded runners. */
    public int embeddedLoad(Transaction transaction) {
        return store.embeddedLoad(transaction);
    }

    private static EventBuilder event(String type, UUID id, String name) {
        ObjectNode data = Json.object().put("id", id.toString()).put("runner", name);
        return new EventBuilder(type, id, data.put("status", type.substring(type.indexOf('.') + 1)));
    }

    private record EventBuilder(String type, UUID id, ObjectNode data) {
        EventBuilder with(String field, String value) {
            data.put(field, value);
            return this;
        }

        NewEvent done() {
            return new NewEvent(type, "runner", id.toString(), data);
        }
    }
}

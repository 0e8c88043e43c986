package ai.kubiya.server.jobs;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.signal.Signals;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Timers on the database. A job is done at its time by one of the servers that are up, also by one that was not when the
 * timer was set.
 *
 * <pre>{@code
 * JobKind expiry = jobs.kind("approval-expiry", id -> expire(UUID.fromString(id)));   // before start()
 * expiry.schedule(transaction, id.toString(), now.plus(DAY));
 * jobs.recurring("drift-checks", Duration.ofMinutes(5), this::check);
 * }</pre>
 *
 * <p>Jobs should be short: what takes long is an execution that a job starts.
 */
public final class Jobs implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Jobs.class);
    private static final String TOPIC = "jobs";
    private static final String ONLY = "only";
    private static final int AT_ONCE = 24;

    /** A look now and then at what other servers scheduled; in between, this server sleeps until the next job's time. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** A server that is silent for four of these is taken for dead; the library allows no fewer. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);

    private static final Duration LEAVE = Duration.ofSeconds(5);

    private record Recurring(JobKind kind, Duration pause) {}

    private final Database database;
    private final JobStore store = new JobStore();
    private final Signals signals;
    private final Clock clock;
    private final String node;
    private final List<JobKind> kinds = new ArrayList<>();
    private final List<Recurring> recurring = new ArrayList<>();
    private @Nullable Scheduler scheduler;
    private @Nullable Thread alarm;

    /**
     * The jobs of one server process.
     *
     * @param node names this installation; the same after a restart, so that what an earlier process of it had in hand is
     *     done again at once
     */
    public Jobs(Database database, Signals signals, Clock clock, String node) {
        this.database = database;
        this.signals = signals;
        this.clock = clock;
        this.node = node;
    }

    /**
     * Says what is done for jobs of a kind. Every server has to say so before it {@link #start}s.
     *
     * @param name stands in the database: it may not change while there are jobs of this kind
     */
    public synchronized JobKind kind(String name, Job job) {
        if (scheduler != null || kinds.stream().anyMatch(kind -> kind.name().equals(name))) {
            throw new IllegalStateException("the jobs " + name + " are announced too late, or twice");
        }
        JobKind kind = new JobKind(this, name, job);
        kinds.add(kind);
        return kind;
    }

    /** A chore that one of the servers does again and again, with this pause in between. */
    public synchronized void recurring(String name, Duration pause, Runnable chore) {
        JobKind kind = kind(name, _ -> {
            chore.run();
            return Optional.of(clock.instant().plus(pause));
        });
        recurring.add(new Recurring(kind, pause));
    }

    /** Begins to do what is due. */
    public synchronized Jobs start() {
        database.useTransaction(transaction -> {
            store.putBackOwn(transaction, node);
            Instant now = clock.instant();
            recurring.forEach(
                    each -> store.scheduleNoLaterThan(transaction, each.kind().name(), ONLY, now.plus(each.pause())));
        });
        List<Task<?>> tasks = new ArrayList<>();
        kinds.forEach(kind -> tasks.add(task(kind)));
        Scheduler starting = store.scheduler(database, tasks)
                .schedulerName(new SchedulerName.Fixed(node))
                .clock(clock::instant)
                .threads(AT_ONCE)
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                // One statement takes what is due and nobody else's. Our own alarm says when to look.
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(Duration.ofMinutes(1))
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(4)
                .shutdownMaxWait(LEAVE)
                .build();
        starting.start();
        scheduler = starting;
        alarm = Thread.ofVirtual().name("jobs-alarm").start(() -> watch(starting));
        return this;
    }

    private void watch(Scheduler running) {
        try (Signals.Subscription changes = signals.subscribe(TOPIC)) {
            while (true) {
                changes.await(untilNext());
                running.triggerCheckForDueExecutions();
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    /** What is due already is being taken; only what comes later is waited for. */
    private Duration untilNext() {
        try {
            Instant now = clock.instant();
            return database.read(transaction -> store.nextAfter(transaction, now))
                    .map(next -> Duration.between(now, next).plusMillis(1))
                    .filter(wait -> wait.compareTo(LOOK) < 0)
                    .orElse(LOOK);
        } catch (RuntimeException e) {
            log.warn("looking for the next job failed; trying again: {}", e.toString());
            return LOOK;
        }
    }

    private Task<?> task(JobKind kind) {
        return Tasks.custom(kind.name(), Void.class).onDeadExecutionRevive().execute((instance, context) -> {
            Execution execution = context.getExecution();
            return perform(kind, instance.getId(), execution);
        });
    }

    private CompletionHandler<Void> perform(JobKind kind, String id, Execution execution) {
        try {
            Optional<Instant> next = kind.job().run(id);
            return (_, _) -> end(transaction -> store.done(transaction, execution, next.orElse(null), clock.instant()));
        } catch (RuntimeException e) {
            Duration pause = pauseAfter(execution.consecutiveFailures);
            log.warn("the job {} {} failed; it is tried again in {}", kind.name(), id, pause, e);
            return (_, _) -> end(transaction -> {
                Instant now = clock.instant();
                store.failed(transaction, execution, now.plus(pause), now);
            });
        }
    }

    private void end(Consumer<Transaction> ending) {
        database.useTransaction(ending);
        signals.signal(TOPIC);
    }

    /** 1 s, 2 s, 4 s, … up to five minutes. */
    private static Duration pauseAfter(int failures) {
        return Duration.ofSeconds(Math.min(300, 1L << Math.min(failures, 9)));
    }

    void schedule(Transaction transaction, JobKind kind, String id, Instant at) {
        store.schedule(transaction, kind.name(), id, at);
        transaction.afterCommit(() -> signals.signal(TOPIC));
    }

    void cancel(Transaction transaction, JobKind kind, String id) {
        store.cancel(transaction, kind.name(), id);
    }

    @Override
    public synchronized void close() {
        if (alarm != null) {
            alarm.interrupt();
        }
        if (scheduler != null) {
            scheduler.stop();
        }
    }
}

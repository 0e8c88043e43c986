package ai.kubiya.server.task;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.approval.ApprovalRule;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.event.EventLog;
import ai.kubiya.server.event.NewEvent;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionListener;
import ai.kubiya.server.execution.ExecutionOutput;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.jobs.JobKind;
import ai.kubiya.server.jobs.Jobs;
import ai.kubiya.server.signal.Bell;
import ai.kubiya.server.signal.Signals;
import ai.kubiya.server.user.UserService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Begins attempts of tasks when they are due, takes their ends, and decides whether there is another one. */
public final class TaskRuns implements ExecutionListener {
    /** Somebody said no: asking again would change nothing. */
    private static final Set<String> FINAL = Set.of("rejected", "approval_expired");

    private static final int OUTPUT_CHARACTERS = 16 << 10;
    private static final int OUTPUT_EVENTS = 200;

    private final Database database;
    private final TaskStore store = new TaskStore();
    private final TaskTargets targets;
    private final ExecutionService executions;
    private final ExecutionOutput outputs;
    private final UserService users;
    private final EventLog events;
    private final Bell bell;
    private final Clock clock;
    private final JobKind attempts;
    private final JobKind timeouts;

    public TaskRuns(
            Database database,
            TaskTargets targets,
            ExecutionService executions,
            UserService users,
            EventLog events,
            Bell bell,
            Jobs jobs,
            Clock clock) {
        this.database = database;
        this.targets = targets;
        this.executions = executions;
        this.outputs = new ExecutionOutput(executions, OUTPUT_CHARACTERS, OUTPUT_EVENTS);
        this.users = users;
        this.events = events;
        this.bell = bell;
        this.clock = clock;
        this.attempts = jobs.kind("task", id -> beginDue(UUID.fromString(id)));
        this.timeouts = jobs.kind("task-timeout", id -> stopLate(UUID.fromString(id)));
        executions.listeners().add(this);
    }

    /** Wakes when something becomes of a task. */
    public Signals.Subscription watch(UUID task) {
        return bell.signals().subscribe(topic(task));
    }

    private static String topic(UUID task) {
        return "t:" + task;
    }

    private void ring(Transaction transaction, UUID task) {
        bell.ringOthers(transaction, topic(task));
        transaction.afterCommit(() -> bell.ringHere(topic(task)));
    }

    /** Begins the first attempt, in the transaction in which the task was inserted. */
    void begin(Transaction transaction, Task task, TaskTargets.Start start) {
        Execution execution = start.in(transaction);
        store.begin(transaction, task.id(), execution.id(), clock.instant());
        transaction.afterCommit(() -> executions.started(execution));
        ring(transaction, task.id());
    }

    /** Sets the timer of the next attempt. */
    void beginAt(Transaction transaction, UUID task, Instant at) {
        attempts.schedule(transaction, task.toString(), at);
    }

    /** Its time passed while nobody was there to begin it. */
    void miss(Transaction transaction, Task task) {
        Instant now = clock.instant();
        store.miss(transaction, task.id(), "Its time was missed while no server was running.", now);
        publish(transaction, task, "task.cancelled", TaskStatus.CANCELLED, "missed");
        ring(transaction, task.id());
    }

    void forget(Transaction transaction, UUID task) {
        attempts.cancel(transaction, task.toString());
        timeouts.cancel(transaction, task.toString());
        ring(transaction, task);
    }

    private Optional<Instant> beginDue(UUID id) {
        Task task = database.inTransaction(transaction -> store.lock(transaction, id))
                .filter(found -> found.notBefore() != null)
                .orElse(null);
        if (task == null) {
            return Optional.empty();
        }
        Instant due = task.notBefore();
        if (due != null && due.isAfter(clock.instant())) {
            return Optional.of(due);
        }
        Optional<Caller> caller = users.current(task.asked());
        if (caller.isEmpty()) {
            refuse(id, "The user in whose name it was to run, " + task.creatorEmail() + ", was disabled or removed.");
            return Optional.empty();
        }
        try {
            List<ApprovalRule> approvals =
                    task.attempt() == 0 ? task.definition().approvals() : List.of();
            TaskTargets.Start start = targets.prepare(caller.get(), id, task.definition(), approvals);
            database.useTransaction(transaction -> store.lock(transaction, id)
                    .filter(found -> found.notBefore() != null)
                    .ifPresent(found -> begin(transaction, found, start)));
        } catch (ApiException e) {
            refuse(id, "It could not be begun: " + e.details());
        }
        return Optional.empty();
    }

    /** An attempt that could not be begun. */
    private void refuse(UUID id, String why) {
        database.useTransaction(transaction -> store.lock(transaction, id)
                .filter(found -> found.notBefore() != null)
                .ifPresent(found -> {
                    store.refuse(transaction, id);
                    failed(transaction, found, found.attempt() + 1, why, true);
                }));
    }

    @Override
    public void begun(Transaction transaction, UUID execution, UUID task) {
        Instant now = clock.instant();
        if (!store.run(transaction, task, execution, now)) {
            return;
        }
        Task running = store.lock(transaction, task).orElseThrow();
        publish(transaction, running, "task.started", TaskStatus.RUNNING, null);
        Long timeout = running.definition().timeout();
        // A runner stops its tool by itself.
        if (timeout != null && !running.definition().kind().equals("tool")) {
            timeouts.schedule(transaction, task.toString(), now.plusSeconds(timeout));
        }
        ring(transaction, task);
    }

    @Override
    public void ended(Transaction transaction, Execution execution) {
        UUID id = execution.taskId();
        if (id == null) {
            return;
        }
        Optional<Task> found = store.lock(transaction, id)
                .filter(task -> execution.id().equals(task.executionId()))
                .filter(task -> !task.status().isOver() && task.notBefore() == null);
        if (found.isEmpty()) {
            return;
        }
        Task task = found.get();
        Instant now = clock.instant();
        switch (execution.status()) {
            case COMPLETED -> {
                store.end(transaction, id, TaskStatus.COMPLETED, outputs.of(transaction, execution), null, now);
                publish(transaction, task, "task.completed", TaskStatus.COMPLETED, null);
            }
            case CANCELLED -> {
                String by = execution.cancelledBy();
                store.cancel(transaction, id, by == null ? "" : by, now);
                publish(transaction, task, "task.cancelled", TaskStatus.CANCELLED, null);
            }
            case FAILED, LOST -> {
                String code = execution.errorCode();
                String why = execution.errorMessage();
                store.keepOutput(transaction, id, outputs.of(transaction, execution));
                failed(
                        transaction,
                        task,
                        task.attempt(),
                        why == null ? "It failed." : why,
                        code == null || !FINAL.contains(code));
            }
            case WAITING, QUEUED, LEASED, RUNNING ->
                throw new IllegalStateException("ended, but " + execution.status());
        }
        timeouts.cancel(transaction, id.toString());
        ring(transaction, id);
    }

    private void failed(Transaction transaction, Task task, int attempt, String why, boolean mayRetry) {
        Instant now = clock.instant();
        RetryRule retry = task.definition().retry();
        if (mayRetry && attempt <= retry.limit()) {
            Instant again = now.plus(retry.pauseAfter(attempt));
            store.postpone(transaction, task.id(), why, again, now);
            beginAt(transaction, task.id(), again);
        } else {
            store.end(transaction, task.id(), TaskStatus.FAILED, null, why, now);
            publish(transaction, task, "task.failed", TaskStatus.FAILED, why);
        }
        ring(transaction, task.id());
    }

    /** An attempt that takes longer than it may. */
    private Optional<Instant> stopLate(UUID id) {
        Optional<Task> known = database.inTransaction(transaction -> store.lock(transaction, id));
        UUID execution = known.map(Task::executionId).orElse(null);
        if (execution == null) {
            return Optional.empty();
        }
        return database.inTransaction(transaction -> {
            executions.waiting().lock(transaction, execution);
            Task task = store.lock(transaction, id)
                    .filter(found -> found.status() == TaskStatus.RUNNING && execution.equals(found.executionId()))
                    .orElse(null);
            Long timeout = task == null ? null : task.definition().timeout();
            Instant begun = executions
                    .find(known.get().organizationId(), execution)
                    .map(Execution::startedAt)
                    .orElse(null);
            if (task == null || timeout == null || begun == null) {
                return Optional.empty();
            }
            Instant due = begun.plusSeconds(timeout);
            if (due.isAfter(clock.instant())) {
                return Optional.of(due);
            }
            String why = "It took longer than " + Duration.ofSeconds(timeout).toSeconds() + " seconds.";
            failed(transaction, task, task.attempt(), why, true);
            executions.cancelIfAny(transaction, task.asked(), execution);
            return Optional.empty();
        });
    }

    void publish(Transaction transaction, Task task, String type, TaskStatus status, @Nullable String error) {
        events.append(
                transaction,
                task.organizationId(),
                new NewEvent(type, "task", task.id().toString(), TaskJson.event(task, status, error)));
    }
}

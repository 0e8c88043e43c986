package ai.kubiya.server.task;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.StoredCaller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Creates, reads, changes, cancels and removes tasks. */
public final class TaskService {
    private final Database database;
    private final TaskStore store = new TaskStore();
    private final TaskTargets targets;
    private final TaskRuns runs;
    private final ExecutionService executions;
    private final AuditLog audit;
    private final Clock clock;

    public TaskService(
            Database database,
            TaskTargets targets,
            TaskRuns runs,
            ExecutionService executions,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.targets = targets;
        this.runs = runs;
        this.executions = executions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Creates a task and begins it.
     *
     * @throws ApiException when what it is to run cannot be run; nothing is stored then
     */
    public Task create(Caller caller, TaskDefinition definition) {
        UUID id = Uuids.next(clock);
        TaskTargets.Start start = targets.prepare(caller, id, definition, definition.approvals());
        UUID agent = targets.agent(caller, definition).orElse(null);
        return database.inTransaction(transaction -> {
            Task task = task(caller, id, definition, agent, null, null);
            store.insert(transaction, task);
            audit.add(transaction, caller, entry(task, "create"));
            runs.begin(transaction, task, start);
            return get(transaction, caller, id);
        });
    }

    /**
     * Looks at what a schedule is to run.
     *
     * @throws ApiException when it could not be run now
     */
    public void check(Caller caller, TaskDefinition definition) {
        targets.prepare(caller, Uuids.next(clock), definition, definition.approvals());
    }

    /**
     * Adds the task of a schedule for one of its times, unless it is there. The schedule {@link #beginScheduled begins} it.
     *
     * @param agent its agent, if it is one that runs
     */
    public void addScheduled(
            Transaction transaction,
            Caller caller,
            TaskDefinition definition,
            @Nullable UUID agent,
            UUID schedule,
            Instant time) {
        store.insert(transaction, task(caller, Uuids.next(clock), definition, agent, schedule, time));
    }

    /** The task of a schedule for one of its times. */
    public Optional<Task> scheduled(Transaction transaction, UUID organizationId, UUID schedule, Instant time) {
        return store.ofSchedule(transaction, organizationId, schedule, time);
    }

    /** The time of a schedule has come. A task that was cancelled or removed meanwhile stays so. */
    public void beginScheduled(Transaction transaction, UUID organizationId, UUID schedule, Instant time) {
        scheduled(transaction, organizationId, schedule, time)
                .filter(task -> !task.status().isOver())
                .ifPresent(task -> runs.beginAt(transaction, task.id(), clock.instant()));
    }

    /** The time of a schedule was missed, and it is not to be made up for. */
    public void skipScheduled(Transaction transaction, UUID organizationId, UUID schedule, Instant time) {
        scheduled(transaction, organizationId, schedule, time)
                .filter(task -> !task.status().isOver())
                .ifPresent(task -> runs.miss(transaction, task));
    }

    /** A schedule fires no more, or at another time: what has not been begun goes. */
    public void dropScheduled(Transaction transaction, UUID organizationId, UUID schedule) {
        store.deletePending(transaction, organizationId, schedule);
    }

    /** The agent of a definition, if it is one that runs. */
    public @Nullable UUID agentOf(Caller caller, TaskDefinition definition) {
        return targets.agent(caller, definition).orElse(null);
    }

    private Task task(
            Caller caller,
            UUID id,
            TaskDefinition definition,
            @Nullable UUID agent,
            @Nullable UUID schedule,
            @Nullable Instant scheduledFor) {
        Instant now = clock.instant();
        return new Task(
                id,
                caller.organizationId(),
                definition,
                StoredCaller.toJson(caller),
                caller.userId(),
                caller.email(),
                agent,
                TaskStatus.PENDING,
                0,
                null,
                scheduledFor,
                schedule,
                scheduledFor,
                null,
                null,
                null,
                null,
                null,
                null,
                now,
                now,
                1);
    }

    private static AuditEntry entry(Task task, String action) {
        return AuditEntry.of("tasks", "task", task.definition().name(), action)
                .with("id", task.id())
                .with("kind", task.definition().kind());
    }

    public Task get(Caller caller, UUID id) {
        return database.read(transaction -> get(transaction, caller, id));
    }

    private Task get(Transaction transaction, Caller caller, UUID id) {
        return find(transaction, caller, id).orElseThrow(() -> ApiException.notFound("task", id));
    }

    private Optional<Task> find(Transaction transaction, Caller caller, UUID id) {
        return store.find(transaction, caller.organizationId(), id);
    }

    /** Whether there is a task of this id: others live at the same addresses for older clients. */
    boolean exists(Caller caller, UUID id) {
        return database.read(transaction -> find(transaction, caller, id)).isPresent();
    }

    Page<Task> list(Caller caller, TaskStore.Filter filter, Page.Range range) {
        return database.read(transaction -> store.list(transaction, caller.organizationId(), filter, range));
    }

    /** The id of an agent that a filter names. */
    UUID agent(Caller caller, String idOrName) {
        return Uuids.parse(idOrName).orElseGet(() -> targets.agentId(caller, idOrName, "agent"));
    }

    UUID existingAgent(Caller caller, String idOrName) {
        return targets.existingAgent(caller, idOrName).id();
    }

    /** The name of a runner that there is. */
    String existingRunner(Caller caller, String idOrName) {
        return targets.runner(caller, idOrName);
    }

    /**
     * Changes a task. What it runs can be changed only as long as it has not been begun.
     *
     * @param change makes the new fields of the stored ones
     */
    Task update(Caller caller, UUID id, Precondition known, UnaryOperator<ObjectNode> change, boolean strict) {
        JsonFields fields =
                new JsonFields(change.apply(get(caller, id).definition().toJson()));
        TaskDefinition definition = TaskDefinition.of(fields, strict);
        fields.check(strict);
        UUID agent = targets.agent(caller, definition).orElse(null);
        return database.inTransaction(transaction -> {
            Task task = locked(transaction, caller, id);
            known.check(id, task.version());
            boolean begun = task.attempt() > 0 || task.status().isOver();
            if (begun && !sameWork(task.definition(), definition)) {
                throw ApiException.conflict("The task " + id + " has been begun, so only its name, description and"
                        + " metadata can be changed; create another task.");
            }
            store.update(transaction, task, definition, agent, clock.instant());
            audit.add(transaction, caller, entry(task, "update"));
            return get(transaction, caller, id);
        });
    }

    private static boolean sameWork(TaskDefinition one, TaskDefinition other) {
        return work(one).equals(work(other));
    }

    private static ObjectNode work(TaskDefinition definition) {
        ObjectNode json = definition.toJson();
        json.remove(List.of("name", "description", "metadata", "managed_by", "task_id"));
        return json;
    }

    private Task locked(Transaction transaction, Caller caller, UUID id) {
        get(transaction, caller, id);
        return store.lock(transaction, id).orElseThrow(() -> ApiException.notFound("task", id));
    }

    /** @throws ApiException 409 while it runs */
    void delete(Caller caller, UUID id, Precondition known) {
        database.useTransaction(transaction -> {
            Task task = locked(transaction, caller, id);
            known.check(id, task.version());
            if (!task.status().isOver() && task.notBefore() == null) {
                throw ApiException.conflict("The task " + id + " is "
                        + task.status().wireName() + "; cancel it first with PUT /v1/tasks/" + id + "/cancel.");
            }
            store.delete(transaction, task);
            runs.forget(transaction, id);
            audit.add(transaction, caller, entry(task, "delete"));
        });
    }

    /**
     * Cancels a task, and what runs for it.
     *
     * @throws ApiException 409 when it is over
     */
    Task cancel(Caller caller, UUID id) {
        while (true) {
            UUID execution = get(caller, id).executionId();
            Optional<Task> cancelled =
                    database.inTransaction(transaction -> cancel(transaction, caller, id, execution));
            if (cancelled.isPresent()) {
                return cancelled.get();
            }
        }
    }

    /** Empty when another attempt was begun meanwhile: executions are locked before their tasks, as when they end. */
    private Optional<Task> cancel(Transaction transaction, Caller caller, UUID id, @Nullable UUID execution) {
        if (execution != null) {
            executions.waiting().lock(transaction, execution);
        }
        Task task = locked(transaction, caller, id);
        if (!Objects.equals(task.executionId(), execution)) {
            return Optional.empty();
        }
        if (task.status().isOver()) {
            throw ApiException.conflict(
                    "The task " + id + " is over: it is " + task.status().wireName() + ".");
        }
        store.cancel(transaction, id, caller.email(), clock.instant());
        if (execution != null) {
            executions.cancelIfAny(transaction, caller, execution);
        }
        runs.forget(transaction, id);
        runs.publish(transaction, task, "task.cancelled", TaskStatus.CANCELLED, null);
        audit.add(transaction, caller, entry(task, "cancel"));
        return Optional.of(get(transaction, caller, id));
    }

    /** How far it is. */
    TaskProgress progress(Task task) {
        UUID attempt = task.executionId();
        if (task.definition().workflow() != null && attempt != null) {
            return executions
                    .find(task.organizationId(), attempt)
                    .map(targets::progress)
                    .map(run -> new TaskProgress(
                            run.completed(), run.total(), run.current().isEmpty() ? null : run.current()))
                    .orElseGet(() -> new TaskProgress(0, 1, null));
        }
        int done = task.status() == TaskStatus.COMPLETED ? 1 : 0;
        return new TaskProgress(
                done, 1, task.status() == TaskStatus.RUNNING ? task.definition().name() : null);
    }
}

package ai.kubiya.server.task.schedule;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.StoredCaller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.jobs.JobKind;
import ai.kubiya.server.jobs.Jobs;
import ai.kubiya.server.task.Task;
import ai.kubiya.server.task.TaskDefinition;
import ai.kubiya.server.task.TaskService;
import ai.kubiya.server.user.UserService;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps schedules and begins their tasks. */
public final class Schedules {
    private static final Logger log = LoggerFactory.getLogger(Schedules.class);

    /** A time that passed longer ago than this was missed. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final Database database;
    private final ScheduleStore store = new ScheduleStore();
    private final TaskService tasks;
    private final UserService users;
    private final AuditLog audit;
    private final JobKind timer;
    private final Clock clock;

    public Schedules(Database database, TaskService tasks, UserService users, AuditLog audit, Jobs jobs, Clock clock) {
        this.database = database;
        this.tasks = tasks;
        this.users = users;
        this.audit = audit;
        this.clock = clock;
        this.timer = jobs.kind("schedule", id -> fire(UUID.fromString(id)));
    }

    /** Creates a schedule and answers the first of its tasks. */
    public Task createWithTask(Caller caller, TaskDefinition definition, ScheduleRule rule) {
        Schedule schedule = create(caller, definition.name(), definition, rule, Json.object());
        Instant first = schedule.nextFireAt();
        return database.read(transaction -> first == null
                        ? Optional.<Task>empty()
                        : tasks.scheduled(transaction, caller.organizationId(), schedule.id(), first))
                .orElseThrow(() -> ApiException.notFound("task of the schedule", schedule.id()));
    }

    /**
     * Creates a schedule.
     *
     * @param extra what older clients keep with it
     * @throws ApiException 400 when it never fires, and whatever is wrong with the task
     */
    Schedule create(Caller caller, String name, TaskDefinition definition, ScheduleRule rule, ObjectNode extra) {
        tasks.check(caller, definition);
        Instant now = clock.instant();
        Schedule schedule = new Schedule(
                Uuids.next(clock),
                caller.organizationId(),
                name,
                definition.toJson(),
                rule,
                Schedule.Status.ACTIVE,
                StoredCaller.toJson(caller),
                caller.userId(),
                caller.email(),
                first(rule, now),
                null,
                extra,
                now,
                now,
                1);
        @Nullable UUID agent = tasks.agentOf(caller, definition);
        return database.inTransaction(transaction -> {
            store.insert(transaction, schedule);
            await(transaction, schedule, caller, agent, schedule.nextFireAt());
            audit.add(transaction, caller, entry(schedule, "create"));
            return get(transaction, caller, schedule.id());
        });
    }

    private static Instant first(ScheduleRule rule, Instant now) {
        return rule.next(now)
                .orElseThrow(() -> rule.cron() == null
                        ? ApiException.invalid("/at", "is over; it must be a time to come")
                        : ApiException.invalid("/cron", "never happens: there is no such day"));
    }

    /** The next task is there from now on, and its timer is set. */
    private void await(
            Transaction transaction, Schedule schedule, Caller caller, @Nullable UUID agent, @Nullable Instant time) {
        if (time != null) {
            TaskDefinition definition = TaskDefinition.stored(schedule.task());
            tasks.addScheduled(transaction, caller, definition, agent, schedule.id(), time);
            timer.schedule(transaction, schedule.id().toString(), time);
        }
    }

    private static AuditEntry entry(Schedule schedule, String action) {
        return AuditEntry.of("tasks", "schedule", schedule.name(), action).with("id", schedule.id());
    }

    Page<Schedule> list(Caller caller, Schedule.@Nullable Status status, Page.Range range) {
        return database.read(transaction -> store.list(transaction, caller.organizationId(), status, range));
    }

    Schedule get(Caller caller, UUID id) {
        return database.read(transaction -> get(transaction, caller, id));
    }

    private Schedule get(Transaction transaction, Caller caller, UUID id) {
        return store.find(transaction, caller.organizationId(), id)
                .orElseThrow(() -> ApiException.notFound("schedule", id));
    }

    private Schedule locked(Transaction transaction, Caller caller, UUID id) {
        get(transaction, caller, id);
        return store.lock(transaction, id).orElseThrow(() -> ApiException.notFound("schedule", id));
    }

    /**
     * Changes a schedule; from then on its tasks run in the name of who changed it.
     *
     * @param change makes the new fields of the stored ones
     */
    Schedule update(Caller caller, UUID id, Precondition known, UnaryOperator<ObjectNode> change, boolean strict) {
        ObjectNode stored = ScheduleInput.json(get(caller, id));
        ScheduleInput input = ScheduleInput.of(change.apply(stored), strict);
        tasks.check(caller, input.task());
        @Nullable UUID agent = tasks.agentOf(caller, input.task());
        return database.inTransaction(transaction -> {
            Schedule before = locked(transaction, caller, id);
            known.check(id, before.version());
            Instant now = clock.instant();
            // What fired once and is over stays so, unless it gets another time.
            boolean active = before.status() != Schedule.Status.PAUSED
                    && (before.status() == Schedule.Status.ACTIVE
                            || !before.rule().equals(input.rule()));
            Schedule changed = new Schedule(
                    id,
                    before.organizationId(),
                    input.name(),
                    input.task().toJson(),
                    input.rule(),
                    active ? Schedule.Status.ACTIVE : before.status(),
                    StoredCaller.toJson(caller),
                    caller.userId(),
                    caller.email(),
                    active ? first(input.rule(), now) : null,
                    before.lastFireAt(),
                    before.extra(),
                    before.createdAt(),
                    now,
                    before.version() + 1);
            tasks.dropScheduled(transaction, before.organizationId(), id);
            store.update(transaction, changed);
            await(transaction, changed, caller, agent, changed.nextFireAt());
            audit.add(transaction, caller, entry(changed, "update"));
            return get(transaction, caller, id);
        });
    }

    /** It fires no more until it is resumed. */
    Schedule pause(Caller caller, UUID id) {
        return database.inTransaction(transaction -> {
            Schedule schedule = locked(transaction, caller, id);
            if (schedule.status() == Schedule.Status.ACTIVE) {
                stop(transaction, schedule, Schedule.Status.PAUSED);
                audit.add(transaction, caller, entry(schedule, "pause"));
            }
            return get(transaction, caller, id);
        });
    }

    private void stop(Transaction transaction, Schedule schedule, Schedule.Status status) {
        store.setStatus(transaction, schedule.id(), status, null, clock.instant());
        tasks.dropScheduled(transaction, schedule.organizationId(), schedule.id());
        timer.cancel(transaction, schedule.id().toString());
    }

    /** Its next time is the next one from now; what passed while it was paused is not made up for. */
    Schedule resume(Caller caller, UUID id) {
        Schedule known = get(caller, id);
        @Nullable UUID agent = agent(known);
        return database.inTransaction(transaction -> {
            Schedule schedule = locked(transaction, caller, id);
            if (schedule.status() == Schedule.Status.PAUSED) {
                Instant now = clock.instant();
                Optional<Instant> next = schedule.rule().next(now);
                if (next.isEmpty()) {
                    throw ApiException.conflict("The schedule " + id + " has no time to come; change it first.");
                }
                store.setStatus(transaction, id, Schedule.Status.ACTIVE, next.get(), now);
                await(transaction, schedule, schedule.asked(), agent, next.get());
                audit.add(transaction, caller, entry(schedule, "resume"));
            }
            return get(transaction, caller, id);
        });
    }

    void delete(Caller caller, UUID id, Precondition known) {
        database.useTransaction(transaction -> {
            Schedule schedule = locked(transaction, caller, id);
            known.check(id, schedule.version());
            tasks.dropScheduled(transaction, schedule.organizationId(), id);
            timer.cancel(transaction, id.toString());
            store.delete(transaction, schedule);
            audit.add(transaction, caller, entry(schedule, "delete"));
        });
    }

    /** An agent that is gone by now is named by the failure of the task, not here. */
    private @Nullable UUID agent(Schedule schedule) {
        try {
            return tasks.agentOf(schedule.asked(), TaskDefinition.stored(schedule.task()));
        } catch (ApiException e) {
            return null;
        }
    }

    private Optional<Instant> fire(UUID id) {
        Optional<Schedule> known = database.inTransaction(transaction -> store.lock(transaction, id));
        if (known.isEmpty()) {
            return Optional.empty();
        }
        boolean allowed = users.current(known.get().asked()).isPresent();
        @Nullable UUID agent = agent(known.get());
        return database.inTransaction(transaction -> store.lock(transaction, id)
                .filter(schedule -> schedule.status() == Schedule.Status.ACTIVE)
                .flatMap(schedule -> fire(transaction, schedule, allowed, agent)));
    }

    private Optional<Instant> fire(Transaction transaction, Schedule schedule, boolean allowed, @Nullable UUID agent) {
        Instant now = clock.instant();
        Instant due = schedule.nextFireAt();
        if (due == null || due.isAfter(now)) {
            return Optional.ofNullable(due);
        }
        if (!allowed) {
            log.warn("the schedule {} is paused: its user was disabled or removed", schedule.id());
            stop(transaction, schedule, Schedule.Status.PAUSED);
            return Optional.empty();
        }
        boolean missed = Duration.between(due, now).compareTo(LATE) > 0;
        if (missed && schedule.rule().missed() == ScheduleRule.Missed.SKIP) {
            tasks.skipScheduled(transaction, schedule.organizationId(), schedule.id(), due);
        } else {
            tasks.beginScheduled(transaction, schedule.organizationId(), schedule.id(), due);
            store.fired(transaction, schedule.id(), due);
        }
        Optional<Instant> next = schedule.rule().next(now);
        if (next.isPresent()) {
            store.setStatus(transaction, schedule.id(), Schedule.Status.ACTIVE, next.get(), now);
            await(transaction, schedule, schedule.asked(), agent, next.get());
        } else {
            store.setStatus(transaction, schedule.id(), Schedule.Status.COMPLETED, null, now);
        }
        return next;
    }
}

package ai.kubiya.server.drift;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.KeyLimits;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.run.RunService;
import ai.kubiya.server.task.schedule.Cron;
import ai.kubiya.server.user.User;
import ai.kubiya.server.user.UserService;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for drift when projects' schedules say so. It looks in the name of whoever changed the project last or made it.
 * Times that passed while no server was up are made up for once.
 */
public final class DriftWatch {
    private static final Logger log = LoggerFactory.getLogger(DriftWatch.class);
    private static final int BATCH = 100;
    private static final UUID NOBODY = new UUID(0, 0);

    private final Database database;
    private final DriftStore store = new DriftStore();
    private final ProjectService projects;
    private final RunService runs;
    private final UserService users;
    private final Clock clock;

    public DriftWatch(Database database, ProjectService projects, RunService runs, UserService users, Clock clock) {
        this.database = database;
        this.projects = projects;
        this.runs = runs;
        this.users = users;
        this.clock = clock;
    }

    /** What is to be done now and then; another server may do so at the same time. */
    public void look() {
        List<DriftStore.Rescheduled> changed;
        do {
            changed = database.read(transaction -> store.rescheduled(transaction, BATCH));
            changed.forEach(project -> database.useTransaction(
                    transaction -> store.setSchedule(transaction, project, next(project.schedule()))));
        } while (changed.size() == BATCH);
        while (database.inTransaction(this::startNext)) {
            // One project after the other, each in a transaction of its own.
        }
    }

    /** Null = never. */
    private @Nullable Instant next(String schedule) {
        if (schedule.isEmpty()) {
            return null;
        }
        try {
            return Cron.of(schedule, ZoneOffset.UTC).next(clock.instant()).orElse(null);
        } catch (IllegalArgumentException e) {
            log.warn("a project has a schedule that is none: {}", schedule);
            return null;
        }
    }

    private boolean startNext(Transaction transaction) {
        Optional<DriftStore.Due> due = store.nextDue(transaction, clock.instant());
        due.ifPresent(found -> {
            store.setNext(transaction, found.organizationId(), found.projectId(), next(found.schedule()));
            projects.find(transaction, found.organizationId(), found.projectId())
                    .ifPresent(project -> start(transaction, found, project));
        });
        return due.isPresent();
    }

    private void start(Transaction transaction, DriftStore.Due due, Project project) {
        Optional<Caller> owner = owner(transaction, due, project);
        if (owner.isEmpty()) {
            failed(
                    transaction,
                    due,
                    "Nobody of those who made or changed the project is active any more; whoever"
                            + " changes it has its drift looked for in that name.");
            return;
        }
        try {
            runs.start(
                    transaction,
                    owner.get(),
                    project.id().toString(),
                    DriftService.run("scheduled look for drift", true));
        } catch (ApiException e) {
            // Whatever was refused was so before anything was written.
            failed(transaction, due, e.details());
        }
    }

    private void failed(Transaction transaction, DriftStore.Due due, String why) {
        store.report(
                transaction,
                new DriftReport(
                        due.projectId(),
                        due.organizationId(),
                        null,
                        DriftStatus.FAILED,
                        null,
                        why,
                        Json.array(),
                        Json.array(),
                        clock.instant()));
    }

    private Optional<Caller> owner(Transaction transaction, DriftStore.Due due, Project project) {
        Caller somebody = caller(due, NOBODY, "");
        return Stream.of(project.updatedBy(), project.createdBy())
                .flatMap(email -> users.find(transaction, somebody, email).stream())
                .filter(User::active)
                .map(user -> caller(due, user.id(), user.email()))
                .findFirst();
    }

    private static Caller caller(DriftStore.Due due, UUID user, String email) {
        return new Caller(
                due.organizationId(),
                due.organization(),
                user,
                email,
                NOBODY,
                "drift schedule",
                Set.of(Scope.PROJECTS_READ, Scope.PROJECTS_WRITE),
                Set.of(),
                KeyLimits.AS_SET,
                new Origin("drift", ""));
    }
}

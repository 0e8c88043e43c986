package ai.kubiya.server.project.run;

import ai.kubiya.runner.terraform.TerraformJob.Mode;
import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.run.plan.SealedPlans;
import ai.kubiya.server.signal.Bell;
import ai.kubiya.server.signal.Signals;
import ai.kubiya.server.state.StateAccess;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Begins, approves, rejects and cancels runs, and shows them. */
public final class RunService {
    private static final int MOST_WAITING = 100;
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final List<RunStatus> APPROVABLE = List.of(RunStatus.PLANNED, RunStatus.AWAITING_APPROVAL);
    private static final List<RunStatus> STOPPABLE = List.of(
            RunStatus.PENDING,
            RunStatus.RUNNING,
            RunStatus.APPROVED,
            RunStatus.APPLYING,
            RunStatus.PLANNED,
            RunStatus.AWAITING_APPROVAL);

    private final Database database;
    private final RunStore store = new RunStore();
    private final RunProgressStore progressStore = new RunProgressStore();
    private final ProjectService projects;
    private final ExecutionService executions;
    private final RunQueue queue;
    private final RunProgress progress;
    private final PlanFreshness freshness;
    private final SealedPlans plans;
    private final ApplyPolicy policy;
    private final AuditLog audit;
    private final Bell bell;
    private final Clock clock;

    public RunService(
            Database database,
            ProjectService projects,
            ExecutionService executions,
            RunQueue queue,
            RunProgress progress,
            StateAccess states,
            SealedPlans plans,
            ApplyPolicy policy,
            AuditLog audit,
            Bell bell,
            Clock clock) {
        this.database = database;
        this.projects = projects;
        this.executions = executions;
        this.queue = queue;
        this.progress = progress;
        this.freshness = new PlanFreshness(states);
        this.plans = plans;
        this.policy = policy;
        this.audit = audit;
        this.bell = bell;
        this.clock = clock;
    }

    /**
     * Queues a run.
     *
     * @throws ApiException 400 about what cannot be planned, 409 when the project has no code or too many runs wait
     */
    public ProjectRun start(Caller caller, String idOrName, NewRun run) {
        return database.inTransaction(transaction -> start(transaction, caller, idOrName, run));
    }

    /** As {@link #start(Caller, String, NewRun)} in a transaction of the caller's. */
    public ProjectRun start(Transaction transaction, Caller caller, String idOrName, NewRun run) {
        Project project = projects.lock(transaction, caller, idOrName);
        checkRun(run, project);
        queue.requireRunner(transaction, project);
        if (progressStore.waiting(transaction, caller.organizationId(), project.id()) >= MOST_WAITING) {
            throw ApiException.conflict("There are " + MOST_WAITING + " runs of this project in the queue already;"
                    + " wait for them, or cancel some.");
        }
        UUID id = Uuids.next(clock);
        boolean auto = run.autoApply()
                || (run.kind() == RunKind.APPLY && project.definition().autoApply());
        store.insert(
                transaction, id, project.id(), project.inputsVersion(), run.applied(auto), caller, clock.instant());
        audit.add(
                transaction,
                caller,
                AuditEntry.of("projects", "project", project.name(), run.kind().wireName())
                        .with("id", project.id())
                        .with("execution_id", id)
                        .with("trigger", run.trigger())
                        .with("auto_apply", auto));
        queue.advance(transaction, caller.organizationId(), project.id());
        return required(transaction, caller, id);
    }

    private static void checkRun(NewRun run, Project project) {
        if (project.definition().code().isElsewhere()) {
            throw ApiException.conflict("The project \"" + project.name()
                    + "\" names no code: give it a url, a template or" + " files, or run Terraform where the code is.");
        }
        List<FieldProblem> problems = new ArrayList<>();
        addressProblems("/targets", run.targets(), problems);
        addressProblems("/replace", run.replaces(), problems);
        if (!run.revision().isEmpty() && !project.definition().code().isGit()) {
            problems.add(new FieldProblem("/revision", "is of a git repository, and the project's code is in none"));
        }
        if (run.mode() == Mode.REFRESH_ONLY && !run.replaces().isEmpty()) {
            problems.add(new FieldProblem("/replace", "cannot stand beside refresh_only, which changes nothing"));
        }
        if (run.revision().isEmpty()) {
            project.missingVariables()
                    .forEach(
                            name -> problems.add(
                                    new FieldProblem(
                                            "/variables",
                                            "\"" + name
                                                    + "\" has no value and no default; set it with PUT /v1/projects/{project}/variables")));
        }
        if (!problems.isEmpty()) {
            throw ApiException.invalid(problems);
        }
    }

    private static void addressProblems(String field, List<String> addresses, List<FieldProblem> problems) {
        for (int i = 0; i < addresses.size(); i++) {
            if (!addresses.get(i).matches("[\\p{L}_][^\\p{Cntrl}]{0,499}")) {
                problems.add(new FieldProblem(
                        field + "/" + i, "must be the address of a resource or module, such as aws_vpc.main"));
            }
        }
    }

    private ProjectRun required(Transaction transaction, Caller caller, UUID id) {
        return store.find(transaction, caller.organizationId(), id)
                .orElseThrow(() -> ApiException.notFound("execution of a project", id));
    }

    public Page<ProjectRun> list(
            Caller caller, @Nullable String project, @Nullable RunStatus status, Page.Range range) {
        UUID id = project == null ? null : projects.require(caller, project).id();
        return database.read(transaction -> store.list(transaction, caller.organizationId(), id, status, range));
    }

    /** Of a project, by the run's id. */
    public ProjectRun get(Caller caller, String project, String run) {
        UUID id = projects.require(caller, project).id();
        return Uuids.parse(run)
                .flatMap(uuid -> find(caller, uuid))
                .filter(found -> found.projectId().equals(id))
                .orElseThrow(() -> ApiException.notFound("execution of this project", run));
    }

    public Optional<ProjectRun> find(Caller caller, UUID run) {
        return database.read(transaction -> store.find(transaction, caller.organizationId(), run));
    }

    /** The run that an execution belongs to. */
    public Optional<ProjectRun> findByExecution(Caller caller, UUID execution) {
        return database.read(transaction -> store.findByExecution(transaction, caller.organizationId(), execution));
    }

    /** The newest runs of projects. */
    public List<ProjectRun> last(UUID organizationId, List<UUID> ofProjects) {
        return database.read(transaction -> store.last(transaction, organizationId, ofProjects));
    }

    /** What a plan would change, and what others changed. */
    public ProjectRun.Findings found(ProjectRun run) {
        return database.read(transaction -> store.found(transaction, run));
    }

    /** Terraform's JSON plan, masked; empty when there is none. */
    public Optional<ObjectNode> document(ProjectRun run) {
        return database.read(transaction -> store.document(transaction, run))
                .map(stored -> plans.openDocument(run.organizationId(), run.id(), stored));
    }

    /**
     * Approves a plan: it is applied as soon as its turn comes.
     *
     * @param run null = the newest that waits for it
     * @throws ApiException 409 when there is nothing to approve or the plan is void, 403 when a policy says no
     */
    public ProjectRun approve(Caller caller, String project, @Nullable String run) {
        ProjectRun found = chosen(caller, project, run, APPROVABLE, "waits for approval");
        Project now = projects.require(caller, found.projectId().toString());
        freshness.requireApprovable(found, now);
        policy.refusal(caller, now, found, document(found).orElseGet(Json::object))
                .ifPresent(why -> {
                    audit.add(caller, entry(now, found, "approve").refused());
                    throw ApiException.of(ErrorCode.ACCESS_DENIED, why);
                });
        return database.inTransaction(transaction -> {
            Project locked = projects.lock(transaction, caller, now.id().toString());
            ProjectRun current = required(transaction, caller, found.id());
            freshness.requireApprovable(current, locked);
            if (!progressStore.approve(transaction, current, caller, caller.email(), clock.instant())) {
                throw ApiException.conflict("Somebody else was faster; read the execution again.");
            }
            audit.add(transaction, caller, entry(locked, current, "approve"));
            progress.ring(transaction, current.id());
            queue.advance(transaction, caller.organizationId(), locked.id());
            return required(transaction, caller, current.id());
        });
    }

    private ProjectRun chosen(
            Caller caller, String project, @Nullable String run, List<RunStatus> statuses, String words) {
        if (run != null) {
            return get(caller, project, run);
        }
        Project of = projects.require(caller, project);
        return database.read(transaction -> store.newest(transaction, caller.organizationId(), of.id(), statuses))
                .orElseThrow(() ->
                        ApiException.conflict("No execution of the project \"" + of.name() + "\" " + words + "."));
    }

    private static AuditEntry entry(Project project, ProjectRun run, String action) {
        return AuditEntry.of("projects", "project", project.name(), action)
                .with("id", project.id())
                .with("execution_id", run.id());
    }

    /** Rejects a plan: nobody can apply it any more. */
    public ProjectRun reject(Caller caller, String project, @Nullable String run) {
        ProjectRun found = chosen(caller, project, run, APPROVABLE, "waits for approval");
        return database.inTransaction(transaction -> {
            Project locked =
                    projects.lock(transaction, caller, found.projectId().toString());
            ProjectRun current = required(transaction, caller, found.id());
            if (!current.status().isApprovable()) {
                throw ApiException.conflict("The execution is "
                        + current.status().wireName() + "; only a plan that nobody approved yet can be rejected.");
            }
            progress.rejected(transaction, current, caller);
            audit.add(transaction, caller, entry(locked, current, "reject"));
            return required(transaction, caller, current.id());
        });
    }

    /**
     * Cancels. What waits ends at once; Terraform at work is interrupted, ends what it is doing and saves the state.
     *
     * @throws ApiException 409 when it is over
     */
    public ProjectRun cancel(Caller caller, String project, @Nullable String run) {
        ProjectRun found = chosen(caller, project, run, STOPPABLE, "is under way");
        Optional<UUID> working = database.inTransaction(transaction -> {
            Project locked =
                    projects.lock(transaction, caller, found.projectId().toString());
            ProjectRun current = required(transaction, caller, found.id());
            if (!STOPPABLE.contains(current.status())) {
                throw ApiException.conflict(
                        "The execution is over: it is " + current.status().wireName() + ".");
            }
            audit.add(transaction, caller, entry(locked, current, "cancel"));
            if (current.status().isAtWork()) {
                return Optional.ofNullable(current.execution());
            }
            progress.cancelled(transaction, current, caller.email(), "It was cancelled by " + caller.email() + ".");
            return Optional.empty();
        });
        if (working.isPresent()) {
            executions.cancelIfAny(caller, working.get());
            // What had not begun yet is over by now.
            progress.tidy();
        }
        return get(caller, found.projectId().toString(), found.id().toString());
    }

    /** Waits until a run has come to rest, or the time is over. Answers it as it then is. */
    public ProjectRun await(Caller caller, ProjectRun run, Duration atMost) throws InterruptedException {
        return await(caller, run, atMost, now -> !now.status().isUnderWay());
    }

    /** Waits until a run stands otherwise than it did, or the time is over. Answers it as it then is. */
    ProjectRun awaitChange(Caller caller, ProjectRun run, Duration atMost) throws InterruptedException {
        return await(caller, run, atMost, now -> now.status() != run.status());
    }

    private ProjectRun await(Caller caller, ProjectRun run, Duration atMost, Predicate<ProjectRun> enough)
            throws InterruptedException {
        Instant end = clock.instant().plus(atMost);
        try (Signals.Subscription subscription = bell.signals().subscribe(RunProgress.topic(run.id()))) {
            while (true) {
                ProjectRun now = find(caller, run.id()).orElse(run);
                Duration left = Duration.between(clock.instant(), end);
                if (enough.test(now) || left.isNegative() || left.isZero()) {
                    return now;
                }
                // A run that begins rings no bell of its own; a look now and then costs little.
                subscription.await(left.compareTo(LOOK) < 0 ? left : LOOK);
            }
        }
    }
}

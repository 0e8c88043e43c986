package ai.kubiya.server.project.run;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.event.EventLog;
import ai.kubiya.server.event.NewEvent;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.run.plan.PlanResult;
import ai.kubiya.server.signal.Bell;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Writes down how runs go on, tells those who care, and lets the next one begin. All in the caller's transaction. */
public final class RunProgress {
    private final Database database;
    private final RunStore runs = new RunStore();
    private final RunProgressStore store = new RunProgressStore();
    private final RunQueue queue;
    private final ProjectService projects;
    private final ExecutionService executions;
    private final EventLog events;
    private final AuditLog audit;
    private final Bell bell;
    private final Clock clock;
    private final List<RunListener> listeners = new CopyOnWriteArrayList<>();

    public RunProgress(
            Database database,
            RunQueue queue,
            ProjectService projects,
            ExecutionService executions,
            EventLog events,
            AuditLog audit,
            Bell bell,
            Clock clock) {
        this.database = database;
        this.queue = queue;
        this.projects = projects;
        this.executions = executions;
        this.events = events;
        this.audit = audit;
        this.bell = bell;
        this.clock = clock;
    }

    /** Also tells this one; to be called by the wiring. */
    public void tell(RunListener listener) {
        listeners.add(listener);
    }

    /** What those wait for who wait for a run. */
    static String topic(UUID run) {
        return "pr:" + run;
    }

    public Optional<ProjectRun> find(UUID organizationId, UUID run) {
        return database.read(transaction -> runs.find(transaction, organizationId, run));
    }

    /** The saved plan of a run, sealed. */
    public Optional<byte[]> planFile(ProjectRun run) {
        return database.read(transaction -> runs.planFile(transaction, run));
    }

    /** Who asked for an execution to be cancelled; null = nobody knows. */
    public @Nullable String canceller(Execution execution) {
        return executions
                .find(execution.organizationId(), execution.id())
                .map(Execution::cancelledBy)
                .orElse(null);
    }

    /** The code that is being planned. */
    public void setCode(ProjectRun run, String branch, String commit, long inputsVersion) {
        database.useTransaction(transaction -> store.setCode(transaction, run, branch, commit, inputsVersion));
    }

    /**
     * A plan was made.
     *
     * @param applyNow whether it is to be applied without anybody's approval
     */
    public void planned(Transaction transaction, ProjectRun run, PlanResult plan, boolean applyNow) {
        RunStatus status = status(run, plan);
        if (!store.plan(transaction, run, plan, status, clock.instant())) {
            return;
        }
        ProjectRun planned = after(transaction, run);
        if (applyNow && status == RunStatus.AWAITING_APPROVAL) {
            store.approve(transaction, planned, planned.creator(), "auto_apply", clock.instant());
        }
        happened(transaction, planned, "project.plan.completed");
        settled(transaction, planned);
    }

    private static RunStatus status(ProjectRun run, PlanResult plan) {
        if (!plan.changes()) {
            return RunStatus.NO_CHANGES;
        }
        return run.asked().kind() == RunKind.PLAN ? RunStatus.PLANNED : RunStatus.AWAITING_APPROVAL;
    }

    public void applied(Transaction transaction, ProjectRun run) {
        if (store.apply(transaction, run, clock.instant())) {
            ProjectRun applied = after(transaction, run);
            happened(transaction, applied, "project.apply.completed");
            note(transaction, applied, applied.approver(), "applied", true);
            settled(transaction, applied);
        }
    }

    public void failed(Transaction transaction, ProjectRun run, String code, String message) {
        if (store.fail(transaction, run, code, message, clock.instant())) {
            ProjectRun failed = after(transaction, run);
            boolean apply = run.status() == RunStatus.APPLYING;
            happened(transaction, failed, apply ? "project.apply.failed" : "project.plan.failed");
            note(transaction, failed, apply ? failed.approver() : failed.creator(), apply ? "apply" : "plan", false);
            settled(transaction, failed);
        }
    }

    /**
     * It was stopped before its end.
     *
     * @param by who wanted it so; null = nobody in particular
     */
    public void cancelled(Transaction transaction, ProjectRun run, @Nullable String by, @Nullable String why) {
        if (store.cancel(transaction, run, by, why, clock.instant())) {
            settled(transaction, after(transaction, run));
        }
    }

    void rejected(Transaction transaction, ProjectRun run, Caller by) {
        if (store.reject(transaction, run, by.email(), clock.instant())) {
            settled(transaction, after(transaction, run));
        }
    }

    private ProjectRun after(Transaction transaction, ProjectRun run) {
        return runs.find(transaction, run.organizationId(), run.id())
                .orElseThrow(() -> new IllegalStateException("a run vanished within a transaction: " + run.id()));
    }

    private void settled(Transaction transaction, ProjectRun run) {
        listeners.forEach(listener -> listener.settled(transaction, run));
        queue.advance(transaction, run.organizationId(), run.projectId());
        ring(transaction, run.id());
    }

    void ring(Transaction transaction, UUID run) {
        bell.ringOthers(transaction, topic(run));
        transaction.afterCommit(() -> bell.ringHere(topic(run)));
    }

    private void happened(Transaction transaction, ProjectRun run, String type) {
        String name = projects.find(transaction, run.organizationId(), run.projectId())
                .map(Project::name)
                .orElse("");
        ObjectNode data = Json.object()
                .put("project_id", run.projectId().toString())
                .put("project_name", name)
                .put("execution_id", run.id().toString())
                .put("kind", run.asked().kind().wireName())
                .put("mode", run.asked().mode().name().toLowerCase(Locale.ROOT))
                .put("trigger", run.asked().trigger())
                .put("speculative", run.asked().speculative())
                .put("status", run.status().wireName())
                .put("branch", run.branch())
                .put("commit", run.commit())
                .put("summary", run.summary())
                .put("error_code", run.errorCode())
                .put("message", run.errorMessage())
                .put("created_by", run.creator().email())
                .put("approved_by", run.approvedBy());
        events.append(
                transaction,
                run.organizationId(),
                new NewEvent(type, "project", run.projectId().toString(), data));
    }

    private void note(
            Transaction transaction, ProjectRun run, @Nullable Caller who, String action, boolean successful) {
        AuditEntry entry = AuditEntry.of(
                        "projects", "project_execution", run.id().toString(), action)
                .with("id", run.id())
                .with("project_id", run.projectId())
                .with("error_code", run.errorCode());
        audit.add(transaction, who == null ? run.creator() : who, successful ? entry : entry.refused());
    }

    /**
     * Looks after runs whose executions ended without a word, because they were cancelled before they began or because
     * the process that had them died, and after projects whose queue stands still. Any number of servers may do so.
     */
    public void tidy() {
        database.useTransaction(transaction -> store.stranded(transaction).forEach(run -> strand(transaction, run)));
        database.read(store::idle)
                .forEach(place -> database.useTransaction(
                        transaction -> queue.advance(transaction, place.organizationId(), place.projectId())));
    }

    private void strand(Transaction transaction, ProjectRun run) {
        UUID id = run.execution();
        Optional<Execution> execution = id == null ? Optional.empty() : executions.find(run.organizationId(), id);
        if (execution.isEmpty()) {
            return;
        }
        switch (execution.get().status()) {
            case CANCELLED ->
                cancelled(
                        transaction,
                        run,
                        execution.get().cancelledBy(),
                        execution.get().errorMessage());
            case LOST ->
                failed(
                        transaction,
                        run,
                        "lost",
                        run.status() == RunStatus.APPLYING
                                ? "The process that ran it died. What it had made is in the state as far as Terraform had"
                                        + " written it down; a new plan shows what is left to do."
                                : "The process that planned it died; plan again.");
            default ->
                failed(
                        transaction,
                        run,
                        execution.get().errorCode() == null
                                ? "failed"
                                : execution.get().errorCode(),
                        execution.get().errorMessage() == null
                                ? "It ended without a result."
                                : execution.get().errorMessage());
        }
    }
}

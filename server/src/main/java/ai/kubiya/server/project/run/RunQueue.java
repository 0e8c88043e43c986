package ai.kubiya.server.project.run;

import ai.kubiya.protocol.terraform.Archives;
import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.NewEvent;
import ai.kubiya.server.execution.NewExecution;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.runner.Runners;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Lets the runs of a project begin one after the other, approved ones first. */
public final class RunQueue {
    private final RunStore runs = new RunStore();
    private final RunProgressStore progress = new RunProgressStore();
    private final ProjectService projects;
    private final ExecutionService executions;
    private final Runners runners;
    private final Clock clock;

    public RunQueue(ProjectService projects, ExecutionService executions, Runners runners, Clock clock) {
        this.projects = projects;
        this.executions = executions;
        this.runners = runners;
        this.clock = clock;
    }

    /** @throws ApiException 409 when the project's runner was deleted */
    void requireRunner(Transaction transaction, Project project) {
        String runner = project.definition().runner();
        if (runners.isGone(transaction, project.organizationId(), runner)) {
            throw ApiException.conflict("The runner \"" + runner + "\" of the project \"" + project.name()
                    + "\" was deleted. Give the project another \"runner\" first.");
        }
    }

    /** The run that an execution of ours is about. */
    public static UUID runOf(Execution execution) {
        return UUID.fromString(execution.spec().path("run_id").asText());
    }

    /**
     * Lets the next run begin, unless one is at work or none waits. To be called whenever a run was added or came to
     * rest; once too often does no harm.
     */
    void advance(Transaction transaction, UUID organizationId, UUID projectId) {
        if (!progress.lockProject(transaction, organizationId, projectId)) {
            return;
        }
        Optional<ProjectRun> next = progress.next(transaction, organizationId, projectId)
                .flatMap(id -> runs.find(transaction, organizationId, id));
        Optional<Project> project = projects.find(transaction, organizationId, projectId);
        if (next.isPresent() && project.isPresent()) {
            begin(transaction, next.get(), project.get());
        }
        progress.updateProject(transaction, organizationId, projectId);
    }

    private void begin(Transaction transaction, ProjectRun run, Project project) {
        boolean apply = run.status() == RunStatus.APPROVED;
        Caller approver = run.approver();
        Caller caller = apply && approver != null ? approver : run.creator();
        String named = project.definition().runner();
        String runner = Runners.isBuiltIn(named) ? Runners.LOCAL : named;
        NewExecution input = new NewExecution(
                Kind.TERRAFORM,
                project.name(),
                runner,
                Json.object()
                        .put("project_id", project.id().toString())
                        .put("run_id", run.id().toString())
                        .put("phase", apply ? "apply" : "plan"),
                null);
        Execution execution = executions.start(transaction, caller, input);
        if (apply) {
            progress.beginApply(transaction, run, execution.id());
        } else {
            progress.beginPlan(transaction, run, execution.id(), clock.instant());
        }
        runners.whyWaiting(transaction, project.organizationId(), runner, Archives.CAPABILITY)
                .ifPresent(why -> executions.note(transaction, execution, status("queued", why)));
        transaction.afterCommit(() -> executions.started(execution));
    }

    private NewEvent status(String status, String why) {
        return new NewEvent(
                clock.instant(),
                "status",
                Json.object().put("status", status).put("message", "It waits: " + why + "."));
    }
}

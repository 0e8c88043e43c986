package ai.kubiya.server.project.run.work;

import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.run.PlanFreshness;
import ai.kubiya.server.project.run.ProjectRun;
import ai.kubiya.server.project.run.RunProgress;
import ai.kubiya.server.project.run.RunQueue;
import ai.kubiya.server.project.run.plan.SealedPlans;
import ai.kubiya.server.secret.Secrets;
import ai.kubiya.server.state.StateAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Gets ready what a run needs, wherever Terraform is driven then: its code, its values, its plan. */
public final class RunPreparation {
    private final RunProgress progress;
    private final ProjectService projects;
    private final RunCode code;
    private final Secrets secrets;
    private final PlanFreshness freshness;
    private final SealedPlans plans;
    private final Clock clock;

    public RunPreparation(
            RunProgress progress,
            ProjectService projects,
            RunCode code,
            Secrets secrets,
            StateAccess states,
            SealedPlans plans,
            Clock clock) {
        this.progress = progress;
        this.projects = projects;
        this.code = code;
        this.secrets = secrets;
        this.freshness = new PlanFreshness(states);
        this.plans = plans;
        this.clock = clock;
    }

    /** A run and its project. */
    public record Found(ProjectRun run, Project project) {
        public boolean isApply() {
            return run.applyExecution() != null;
        }
    }

    /** The run that an execution is at work for; empty when the project was deleted. */
    public Optional<Found> find(Execution execution) {
        return progress.find(execution.organizationId(), RunQueue.runOf(execution))
                .filter(run -> execution.id().equals(run.execution()))
                .flatMap(run ->
                        projects.find(run.organizationId(), run.projectId()).map(project -> new Found(run, project)));
    }

    /**
     * Gets a run ready. May be repeated.
     *
     * @param folder the code comes to {@code code} within it
     */
    public PreparedRun prepare(Found found, Path folder) throws IOException, CannotGoOn {
        return found.isApply() ? apply(found, folder) : plan(found, folder);
    }

    private PreparedRun plan(Found found, Path folder) throws IOException, CannotGoOn {
        ProjectRun run = found.run();
        Project project = found.project();
        RunCode.Here here = code.bring(project, run.asked().revision(), folder);
        progress.setCode(run, here.branch(), here.commit(), project.inputsVersion());
        requireGood(here);
        if (run.asked().revision().isEmpty()) {
            projects.codeRead(project, here.code(), here.commit());
        }
        List<String> missing = project.withCode(here.code()).missingVariables();
        if (!missing.isEmpty()) {
            throw new CannotGoOn(
                    "missing_variable",
                    "There is no value and no default for " + String.join(", ", missing)
                            + "; set the variables of the project.");
        }
        return new PreparedRun(
                run, project, here.module(), RunInputs.of(project, here.code(), projects, secrets), null);
    }

    private static void requireGood(RunCode.Here here) throws CannotGoOn {
        Optional<String> outside = here.outside();
        if (outside.isPresent()) {
            throw new CannotGoOn("module_outside_repository", outside.get() + ".");
        }
    }

    private PreparedRun apply(Found found, Path folder) throws IOException, CannotGoOn {
        ProjectRun run = found.run();
        Project project = found.project();
        Optional<String> stale = freshness.staleness(run, project);
        if (stale.isPresent()) {
            throw new CannotGoOn("plan_stale", stale.get());
        }
        SealedPlans.Saved saved = progress.planFile(run)
                .map(stored -> plans.open(run.organizationId(), run.id(), stored))
                .orElseThrow(() -> new CannotGoOn("plan_stale", "The saved plan is not there any more; plan again."));
        RunCode.Here here = code.bringAgain(project, run.branch(), run.commit(), folder);
        requireGood(here);
        RunInputs inputs = RunInputs.of(project, here.code(), projects, secrets);
        if (!inputs.digest().equals(saved.inputs())) {
            throw new CannotGoOn(
                    "plan_stale",
                    "The value of a secret that a variable has was changed after this plan was made; plan again.");
        }
        return new PreparedRun(run, project, here.module(), inputs, saved);
    }

    /** What others are told who meet the lock of an execution. */
    public String lock(ProjectRun run, Execution execution) {
        String approver = run.approvedBy();
        return Json.text(Json.object()
                .put("ID", execution.id().toString())
                .put("Operation", "OperationTypeApply")
                .put("Info", "execution " + run.id())
                .put("Who", approver == null ? run.creator().email() : approver)
                .put("Version", run.terraformVersion())
                .put("Created", clock.instant().toString())
                .put("Path", ""));
    }
}

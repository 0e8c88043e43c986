package ai.kubiya.server.project.run.work;

import ai.kubiya.runner.output.SecretMask;
import ai.kubiya.runner.terraform.TerraformDriver;
import ai.kubiya.runner.terraform.TerraformJob;
import ai.kubiya.runner.terraform.TerraformJob.Mode;
import ai.kubiya.runner.terraform.TerraformJob.PlanOptions;
import ai.kubiya.runner.terraform.TerraformOutcome;
import ai.kubiya.runner.terraform.TerraformStop;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.run.ApplyPolicy;
import ai.kubiya.server.project.run.PlanFreshness;
import ai.kubiya.server.project.run.ProjectRun;
import ai.kubiya.server.project.run.RunProgress;
import ai.kubiya.server.project.run.RunQueue;
import ai.kubiya.server.project.run.plan.PlanDocument;
import ai.kubiya.server.project.run.plan.PlanResult;
import ai.kubiya.server.project.run.plan.SealedPlans;
import ai.kubiya.server.secret.Secrets;
import ai.kubiya.server.state.StateAccess;
import ai.kubiya.server.state.StateVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans or applies one run, from its lease to its end. */
public final class RunTaker {
    private static final Logger log = LoggerFactory.getLogger(RunTaker.class);

    private final Leases leases;
    private final RunProgress progress;
    private final RunEnds ends;
    private final ProjectService projects;
    private final RunCode code;
    private final Secrets secrets;
    private final StateAccess states;
    private final PlanFreshness freshness;
    private final SealedPlans plans;
    private final ApplyPolicy policy;
    private final RunFolders folders;
    private final TerraformDriver driver;
    private final Clock clock;

    public RunTaker(
            Leases leases,
            RunProgress progress,
            ProjectService projects,
            RunCode code,
            Secrets secrets,
            StateAccess states,
            SealedPlans plans,
            ApplyPolicy policy,
            RunFolders folders,
            TerraformDriver driver,
            Clock clock) {
        this.leases = leases;
        this.progress = progress;
        this.ends = new RunEnds(leases, progress, clock);
        this.projects = projects;
        this.code = code;
        this.secrets = secrets;
        this.states = states;
        this.freshness = new PlanFreshness(states);
        this.plans = plans;
        this.policy = policy;
        this.folders = folders;
        this.driver = driver;
        this.clock = clock;
    }

    /** A run that cannot go on; the message is for people. */
    private static final class CannotGoOn extends Exception {
        private static final long serialVersionUID = 1L;

        private final String code;

        CannotGoOn(String code, String message) {
            super(message);
            this.code = code;
        }
    }

    /** One run in work. */
    private record Work(LeasedExecution leased, ProjectRun run, Project project, Path folder, TerraformStop stop) {
        Execution execution() {
            return leased.execution();
        }
    }

    /** Does the work. Returns when the run is over, or is somebody else's. */
    void take(LeasedExecution leased, TerraformStop stop) throws InterruptedException {
        Execution execution = leased.execution();
        Optional<ProjectRun> run = progress.find(execution.organizationId(), RunQueue.runOf(execution));
        Optional<Project> project = run.flatMap(found -> projects.find(found.organizationId(), found.projectId()));
        if (run.isEmpty()
                || project.isEmpty()
                || !execution.id().equals(run.get().execution())) {
            ends.orphaned(leased);
            return;
        }
        boolean apply = run.get().applyExecution() != null;
        ends.say(leased, apply ? "applying" : "planning");
        Path folder = null;
        boolean keep = false;
        try {
            folder = folders.create(run.get(), execution.id());
            Work work = new Work(leased, run.get(), project.get(), folder, stop);
            TerraformOutcome outcome = apply ? apply(work) : plan(work);
            keep = apply && stop.reason() == TerraformStop.Reason.ABANDONED;
            if (outcome.stateUnsaved() && !keep) {
                folders.keepUnsaved(folder, execution.id());
            }
        } catch (CannotGoOn e) {
            ends.failed(leased, run.get(), e.code, String.valueOf(e.getMessage()));
        } catch (ApiException e) {
            ends.failed(leased, run.get(), "code_unavailable", e.details());
        } catch (IOException e) {
            log.warn("the run {} failed", run.get().id(), e);
            ends.failed(leased, run.get(), "runner_failed", "The runner failed: " + e.getMessage());
        } finally {
            if (folder != null && !keep) {
                folders.remove(folder);
            }
        }
    }

    /** Ends a run that the server itself failed at. */
    void giveUp(LeasedExecution leased, RuntimeException failure) {
        Execution execution = leased.execution();
        log.error("the execution {} of a project failed", execution.id(), failure);
        progress.find(execution.organizationId(), RunQueue.runOf(execution))
                .ifPresent(run -> ends.failed(
                        leased,
                        run,
                        "internal_error",
                        "Something went wrong in the server, whose log says what under " + execution.id() + "."));
    }

    private TerraformOutcome plan(Work work) throws IOException, InterruptedException, CannotGoOn {
        ProjectRun run = work.run();
        Project project = work.project();
        RunCode.Here here = code.bring(project, run.asked().revision(), work.folder());
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
        RunInputs inputs = RunInputs.of(project, here.code(), projects, secrets);
        LocalStateLink link = link(work);
        TerraformOutcome outcome = drive(work, job(work, here, inputs, link, null));
        TerraformOutcome.Planned planned = outcome.plan();
        if (planned == null) {
            ends.ended(work.leased(), run, outcome, work.stop());
            return outcome;
        }
        List<String> hidden = new ArrayList<>(inputs.masked());
        hidden.addAll(inputs.secrets().values());
        PlanDocument document = PlanDocument.read(planned.document(), inputs.sensitive(), SecretMask.of(hidden));
        PlanResult result = result(run, inputs, outcome, document, link.version());
        boolean applyNow =
                run.asked().autoApply() && !run.asked().speculative() && planned.changes() && isAllowed(work, document);
        ends.planned(work.leased(), run, outcome.outcome(), result, applyNow);
        return outcome;
    }

    private static void requireGood(RunCode.Here here) throws CannotGoOn {
        Optional<String> outside = here.outside();
        if (outside.isPresent()) {
            throw new CannotGoOn("module_outside_repository", outside.get() + ".");
        }
    }

    private boolean isAllowed(Work work, PlanDocument document) {
        Optional<String> refusal = policy.refusal(work.run().creator(), work.project(), work.run(), document.json());
        refusal.ifPresent(why -> ends.say(work.leased(), "not applied without approval: " + why));
        return refusal.isEmpty();
    }

    private PlanResult result(
            ProjectRun run,
            RunInputs inputs,
            TerraformOutcome outcome,
            PlanDocument document,
            @Nullable StateVersion state) {
        TerraformOutcome.Planned planned = outcome.plan();
        return new PlanResult(
                document.summary(run.asked().mode() == Mode.REFRESH_ONLY),
                planned != null && planned.changes(),
                state == null ? null : state.serial(),
                state == null ? null : state.lineage(),
                outcome.version(),
                plans.sealDocument(run.organizationId(), run.id(), document),
                planned != null && planned.changes() && !run.asked().speculative()
                        ? plans.seal(
                                run.organizationId(), run.id(), new SealedPlans.Saved(planned.saved(), inputs.digest()))
                        : null);
    }

    private TerraformOutcome apply(Work work) throws IOException, InterruptedException, CannotGoOn {
        ProjectRun run = work.run();
        Optional<String> stale = freshness.staleness(run, work.project());
        if (stale.isPresent()) {
            throw new CannotGoOn("plan_stale", stale.get());
        }
        SealedPlans.Saved saved = progress.planFile(run)
                .map(stored -> plans.open(run.organizationId(), run.id(), stored))
                .orElseThrow(() -> new CannotGoOn("plan_stale", "The saved plan is not there any more; plan again."));
        RunCode.Here here = code.bringAgain(work.project(), run.branch(), run.commit(), work.folder());
        requireGood(here);
        RunInputs inputs = RunInputs.of(work.project(), here.code(), projects, secrets);
        if (!inputs.digest().equals(saved.inputs())) {
            throw new CannotGoOn(
                    "plan_stale",
                    "The value of a secret that a variable has was changed after this plan was made; plan again.");
        }
        TerraformOutcome outcome = drive(work, job(work, here, inputs, link(work), saved));
        ends.ended(work.leased(), run, outcome, work.stop());
        return outcome;
    }

    private LocalStateLink link(Work work) {
        Project project = work.project();
        Execution execution = work.execution();
        return new LocalStateLink(
                states.here(project.organizationId(), project.id(), execution.id()),
                execution.id().toString());
    }

    private TerraformJob job(
            Work work, RunCode.Here here, RunInputs inputs, LocalStateLink link, SealedPlans.@Nullable Saved saved) {
        ProjectRun run = work.run();
        String approver = run.approvedBy();
        String lock = Json.text(Json.object()
                .put("ID", work.execution().id().toString())
                .put("Operation", "OperationTypeApply")
                .put("Info", "execution " + run.id())
                .put("Who", approver == null ? run.creator().email() : approver)
                .put("Version", run.terraformVersion())
                .put("Created", clock.instant().toString())
                .put("Path", ""));
        return new TerraformJob(
                work.folder(),
                here.module(),
                inputs.variables(),
                inputs.environment(),
                inputs.secrets(),
                inputs.masked(),
                new PlanOptions(
                        run.asked().mode(), run.asked().targets(), run.asked().replaces()),
                saved == null ? null : saved.plan(),
                link,
                lock);
    }

    private TerraformOutcome drive(Work work, TerraformJob job) throws InterruptedException {
        Runnable lost = () -> work.stop().stop(TerraformStop.Reason.ABANDONED);
        EventRelay relay = new EventRelay(leases, work.leased(), lost);
        try {
            return driver.run(job, relay.sink(), work.stop());
        } finally {
            relay.end();
        }
    }
}

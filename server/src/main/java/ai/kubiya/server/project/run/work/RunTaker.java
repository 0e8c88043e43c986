package ai.kubiya.server.project.run.work;

import ai.kubiya.runner.terraform.TerraformDriver;
import ai.kubiya.runner.terraform.TerraformJob;
import ai.kubiya.runner.terraform.TerraformJob.PlanOptions;
import ai.kubiya.runner.terraform.TerraformOutcome;
import ai.kubiya.runner.terraform.TerraformStop;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.project.run.NewRun;
import ai.kubiya.server.project.run.ProjectRun;
import ai.kubiya.server.state.StateAccess;
import ai.kubiya.server.state.StateVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans or applies one run with the Terraform of this machine, from its lease to its end. */
public final class RunTaker {
    private static final Logger log = LoggerFactory.getLogger(RunTaker.class);

    private final Leases leases;
    private final RunPreparation preparation;
    private final RunResults results;
    private final RunEnds ends;
    private final StateAccess states;
    private final RunFolders folders;
    private final TerraformDriver driver;

    public RunTaker(
            Leases leases,
            RunPreparation preparation,
            RunResults results,
            RunEnds ends,
            StateAccess states,
            RunFolders folders,
            TerraformDriver driver) {
        this.leases = leases;
        this.preparation = preparation;
        this.results = results;
        this.ends = ends;
        this.states = states;
        this.folders = folders;
        this.driver = driver;
    }

    /** Does the work. Returns when the run is over, or is somebody else's. */
    void take(LeasedExecution leased, TerraformStop stop) throws InterruptedException {
        Execution execution = leased.execution();
        Optional<RunPreparation.Found> found = preparation.find(execution);
        if (found.isEmpty()) {
            ends.orphaned(leased);
            return;
        }
        ProjectRun run = found.get().run();
        boolean apply = found.get().isApply();
        ends.say(leased, apply ? "applying" : "planning");
        Path folder = null;
        boolean keep = false;
        try {
            folder = folders.create(run, execution.id());
            TerraformOutcome outcome = drive(leased, found.get(), folder, stop);
            keep = apply && stop.reason() == TerraformStop.Reason.ABANDONED;
            if (outcome.stateUnsaved() && !keep) {
                folders.keepUnsaved(folder, execution.id());
            }
        } catch (CannotGoOn e) {
            ends.failed(leased, run, e.code(), String.valueOf(e.getMessage()));
        } catch (ApiException e) {
            ends.failed(leased, run, "code_unavailable", e.details());
        } catch (IOException e) {
            log.warn("the run {} failed", run.id(), e);
            ends.failed(leased, run, "runner_failed", "The runner failed: " + e.getMessage());
        } finally {
            if (folder != null && !keep) {
                folders.remove(folder);
            }
        }
    }

    /** Ends a run that the server itself failed at. */
    void giveUp(LeasedExecution leased, RuntimeException failure) {
        ends.giveUp(leased, failure);
    }

    private TerraformOutcome drive(LeasedExecution leased, RunPreparation.Found found, Path folder, TerraformStop stop)
            throws IOException, InterruptedException, CannotGoOn {
        PreparedRun prepared = preparation.prepare(found, folder);
        Execution execution = leased.execution();
        LocalStateLink link = new LocalStateLink(
                states.here(execution.organizationId(), found.project().id(), execution.id()),
                execution.id().toString());
        TerraformOutcome outcome = drive(leased, job(prepared, execution, folder, link), stop);
        results.take(leased, found, RunMemory.of(prepared.inputs()), planned(link.version()), outcome, stop.reason());
        return outcome;
    }

    private static RunResults.@Nullable PlannedState planned(@Nullable StateVersion state) {
        return state == null ? null : new RunResults.PlannedState(state.serial(), state.lineage());
    }

    private TerraformJob job(PreparedRun prepared, Execution execution, Path folder, LocalStateLink link) {
        RunInputs inputs = prepared.inputs();
        NewRun asked = prepared.run().asked();
        return new TerraformJob(
                folder,
                prepared.module(),
                inputs.variables(),
                inputs.environment(),
                inputs.secrets(),
                inputs.masked(),
                new PlanOptions(asked.mode(), asked.targets(), asked.replaces()),
                prepared.saved() == null ? null : prepared.saved().plan(),
                link,
                preparation.lock(prepared.run(), execution));
    }

    private TerraformOutcome drive(LeasedExecution leased, TerraformJob job, TerraformStop stop)
            throws InterruptedException {
        EventRelay relay = new EventRelay(leases, leased, () -> stop.stop(TerraformStop.Reason.ABANDONED));
        try {
            return driver.run(job, relay.sink(), stop);
        } finally {
            relay.end();
        }
    }
}

package ai.kubiya.server.project.run.work;

import ai.kubiya.runner.output.SecretMask;
import ai.kubiya.runner.terraform.TerraformJob.Mode;
import ai.kubiya.runner.terraform.TerraformOutcome;
import ai.kubiya.runner.terraform.TerraformStop;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.run.ApplyPolicy;
import ai.kubiya.server.project.run.ProjectRun;
import ai.kubiya.server.project.run.plan.PlanDocument;
import ai.kubiya.server.project.run.plan.PlanResult;
import ai.kubiya.server.project.run.plan.SealedPlans;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes down what came of a run, wherever Terraform was driven. */
public final class RunResults {
    private final RunEnds ends;
    private final SealedPlans plans;
    private final ApplyPolicy policy;

    public RunResults(RunEnds ends, SealedPlans plans, ApplyPolicy policy) {
        this.ends = ends;
        this.plans = plans;
        this.policy = policy;
    }

    /** Which state a plan was made from. */
    public record PlannedState(long serial, String lineage) {}

    /**
     * Ends a run.
     *
     * @param memory of its inputs
     * @param state that it was planned from; null = there was none
     * @param reason why it was stopped before its time; null = it was not
     */
    public void take(
            LeasedExecution leased,
            RunPreparation.Found found,
            RunMemory memory,
            @Nullable PlannedState state,
            TerraformOutcome outcome,
            TerraformStop.@Nullable Reason reason)
            throws IOException {
        ProjectRun run = found.run();
        TerraformOutcome.Planned planned = outcome.plan();
        if (planned == null) {
            ends.ended(leased, run, outcome, reason);
            return;
        }
        PlanDocument document =
                PlanDocument.read(planned.document(), memory.sensitive(), SecretMask.of(memory.hidden()));
        boolean applyNow = run.asked().autoApply()
                && !run.asked().speculative()
                && planned.changes()
                && isAllowed(leased, found.project(), run, document);
        ends.planned(leased, run, outcome.outcome(), result(run, memory, outcome, planned, document, state), applyNow);
    }

    private boolean isAllowed(LeasedExecution leased, Project project, ProjectRun run, PlanDocument document) {
        Optional<String> refusal = policy.refusal(run.creator(), project, run, document.json());
        refusal.ifPresent(why -> ends.say(leased, "not applied without approval: " + why));
        return refusal.isEmpty();
    }

    private PlanResult result(
            ProjectRun run,
            RunMemory memory,
            TerraformOutcome outcome,
            TerraformOutcome.Planned planned,
            PlanDocument document,
            @Nullable PlannedState state) {
        boolean appliable = planned.changes() && !run.asked().speculative();
        return new PlanResult(
                document.summary(run.asked().mode() == Mode.REFRESH_ONLY),
                planned.changes(),
                state == null ? null : state.serial(),
                state == null ? null : state.lineage(),
                outcome.version(),
                plans.sealDocument(run.organizationId(), run.id(), document),
                appliable
                        ? plans.seal(
                                run.organizationId(), run.id(), new SealedPlans.Saved(planned.saved(), memory.digest()))
                        : null);
    }
}

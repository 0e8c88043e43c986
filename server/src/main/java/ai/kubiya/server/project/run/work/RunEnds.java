package ai.kubiya.server.project.run.work;

import ai.kubiya.protocol.RunOutcome;
import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.runner.terraform.TerraformOutcome;
import ai.kubiya.runner.terraform.TerraformStop;
import ai.kubiya.server.execution.Ending;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.execution.NewEvent;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.run.ProjectRun;
import ai.kubiya.server.project.run.RunProgress;
import ai.kubiya.server.project.run.RunQueue;
import ai.kubiya.server.project.run.plan.PlanResult;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends executions and, in the same transaction, what their runs make of it. */
public final class RunEnds {
    private static final Logger log = LoggerFactory.getLogger(RunEnds.class);

    private final Leases leases;
    private final RunProgress progress;
    private final Clock clock;

    public RunEnds(Leases leases, RunProgress progress, Clock clock) {
        this.leases = leases;
        this.progress = progress;
        this.clock = clock;
    }

    void say(LeasedExecution leased, String status) {
        leases.append(
                leased.execution().id(),
                leased.token(),
                List.of(new NewEvent(clock.instant(), "status", Json.object().put("status", status))));
    }

    /** The project was deleted while its run waited. */
    public void orphaned(LeasedExecution leased) {
        leases.end(
                leased.execution().id(),
                leased.token(),
                Ending.of(Status.FAILED, "run_deleted", "The project was deleted."),
                List.of());
    }

    /**
     * A plan was made.
     *
     * @param applyNow whether it is to be applied without anybody's approval
     */
    void planned(LeasedExecution leased, ProjectRun run, RunOutcome outcome, PlanResult plan, boolean applyNow) {
        leases.end(
                leased.execution().id(),
                leased.token(),
                ending(outcome, Status.COMPLETED, null, null),
                List.of(new NewEvent(
                        clock.instant(),
                        "plan",
                        Json.object().put("summary", plan.said().summary()))),
                transaction -> progress.planned(transaction, run, plan, applyNow));
    }

    /** Anything but a plan: applied, failed, or stopped. */
    void ended(
            LeasedExecution leased, ProjectRun run, TerraformOutcome outcome, TerraformStop.@Nullable Reason reason) {
        RunOutcome said = outcome.outcome();
        if (reason == TerraformStop.Reason.ABANDONED) {
            log.warn("another process has the run {} now", run.id());
        } else if (said.result() == Result.COMPLETED) {
            leases.end(
                    leased.execution().id(),
                    leased.token(),
                    ending(said, Status.COMPLETED, null, null),
                    List.of(),
                    transaction -> progress.applied(transaction, run));
        } else if (said.result() == Result.CANCELLED && reason == TerraformStop.Reason.CANCELLED) {
            cancelled(leased, run, said);
        } else if (said.result() == Result.CANCELLED && run.applyExecution() == null) {
            leases.giveBack(leased.execution(), leased.token(), false);
        } else {
            String code = said.result() == Result.CANCELLED
                    ? "interrupted"
                    : Objects.requireNonNullElse(outcome.code(), "failed");
            String words = Objects.requireNonNullElse(said.message(), "Terraform failed.");
            leases.end(
                    leased.execution().id(),
                    leased.token(),
                    ending(said, Status.FAILED, code, words),
                    List.of(),
                    transaction -> progress.failed(transaction, run, code, words));
        }
    }

    private void cancelled(LeasedExecution leased, ProjectRun run, RunOutcome said) {
        Execution execution = leased.execution();
        String by = progress.canceller(execution);
        String message = "It was cancelled" + (by == null ? "" : " by " + by) + ".";
        leases.end(
                execution.id(),
                leased.token(),
                ending(said, Status.CANCELLED, "cancelled", message),
                List.of(),
                transaction -> progress.cancelled(transaction, run, by, message));
    }

    /** Ends a run that could not be begun or brought to its end. */
    public void failed(LeasedExecution leased, ProjectRun run, String code, String message) {
        leases.end(
                leased.execution().id(),
                leased.token(),
                Ending.of(Status.FAILED, code, message),
                List.of(),
                transaction -> progress.failed(transaction, run, code, message));
    }

    /** Ends a run that the server itself failed at. */
    public void giveUp(LeasedExecution leased, RuntimeException failure) {
        Execution execution = leased.execution();
        log.error("the execution {} of a project failed", execution.id(), failure);
        progress.find(execution.organizationId(), RunQueue.runOf(execution))
                .ifPresent(run -> failed(
                        leased,
                        run,
                        "internal_error",
                        "Something went wrong in the server, whose log says what under " + execution.id() + "."));
    }

    private static Ending ending(RunOutcome outcome, Status status, @Nullable String code, @Nullable String message) {
        return new Ending(
                status,
                outcome.exitCode(),
                code,
                message,
                outcome.durationMillis(),
                outcome.outputBytes(),
                outcome.droppedBytes());
    }
}

package ai.kubiya.server.workflow.run;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.execution.Ending;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.execution.work.LeaseLost;
import ai.kubiya.server.execution.work.Work;
import ai.kubiya.server.model.Cancellation;
import ai.kubiya.server.signal.Signals;
import ai.kubiya.server.user.UserService;
import ai.kubiya.server.workflow.step.NestedWorkflows;
import ai.kubiya.server.workflow.step.StepTargets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Puts together what a run needs and takes it to its end. */
public final class WorkflowTaker implements Work {
    /** Where workflows wait for a server. */
    public static final String QUEUE = "workflows";

    final Database database;
    final ExecutionService executions;
    final Leases leases;
    final UserService users;
    final StepTargets targets;
    final NestedWorkflows nested;
    final RunSecrets secrets;
    final Signals signals;
    final Clock clock;

    public WorkflowTaker(
            Database database,
            ExecutionService executions,
            Leases leases,
            UserService users,
            StepTargets targets,
            NestedWorkflows nested,
            RunSecrets secrets,
            Signals signals,
            Clock clock) {
        this.database = database;
        this.executions = executions;
        this.leases = leases;
        this.users = users;
        this.targets = targets;
        this.nested = nested;
        this.secrets = secrets;
        this.signals = signals;
        this.clock = clock;
    }

    @Override
    public List<UUID> take(LeasedExecution leased, Cancellation cancellation) throws InterruptedException {
        Execution execution = leased.execution();
        WorkflowSpec spec = WorkflowSpec.of(execution);
        Optional<Caller> caller = users.current(spec.caller());
        if (caller.isEmpty()) {
            giveUp(leased, "access_denied", "The user who started this was disabled or removed.");
            return List.of();
        }
        return new WorkflowRun(this, leased, spec, caller.get(), cancellation).take();
    }

    @Override
    public void giveUp(LeasedExecution leased, String code, String message) {
        UUID id = leased.execution().id();
        if (!leases.end(id, leased.token(), Ending.of(Status.FAILED, code, message), List.of())) {
            throw new LeaseLost(id);
        }
    }
}

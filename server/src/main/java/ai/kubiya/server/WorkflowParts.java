package ai.kubiya.server;

import ai.kubiya.server.approval.Approvals;
import ai.kubiya.server.config.Setting;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.execution.work.LeasedWorker;
import ai.kubiya.server.http.ApiCalls;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.outbound.CallLimits;
import ai.kubiya.server.outbound.OutboundHttp;
import ai.kubiya.server.runner.Runners;
import ai.kubiya.server.secret.Secrets;
import ai.kubiya.server.source.SourceService;
import ai.kubiya.server.user.UserService;
import ai.kubiya.server.workflow.WorkflowCompatRoutes;
import ai.kubiya.server.workflow.WorkflowRoutes;
import ai.kubiya.server.workflow.WorkflowService;
import ai.kubiya.server.workflow.run.RunSecrets;
import ai.kubiya.server.workflow.run.StepEnds;
import ai.kubiya.server.workflow.run.WorkflowRuns;
import ai.kubiya.server.workflow.run.WorkflowTaker;
import ai.kubiya.server.workflow.step.StepTargets;
import ai.kubiya.server.workflow.step.StepWork;
import java.time.Duration;
import java.util.List;

/** Workflows, and the requests that their steps make. */
final class WorkflowParts {
    /** Runs at the same time; they mostly wait. */
    private static final int RUNS = 500;

    private static final int REQUESTS = 50;
    private static final CallLimits LIMITS =
            new CallLimits(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofMinutes(10), 256 << 10, 3);

    final WorkflowService workflows;
    private final LeasedWorker runs;
    private final LeasedWorker requests;
    private final List<Routes> routes;

    WorkflowParts(
            Foundation foundation,
            RunSecrets runSecrets,
            ExecutionService executions,
            Leases leases,
            UserService users,
            Secrets secrets,
            SourceService sources,
            Runners runners,
            Approvals approvals,
            StepTargets targets,
            ApiCalls api) {
        WorkflowRuns written = new WorkflowRuns(foundation.database, executions, approvals, runSecrets);
        workflows = new WorkflowService(foundation.database, sources, runners, written, executions);
        executions.listeners().add(new StepEnds(foundation.bell));
        WorkflowTaker taker = new WorkflowTaker(
                foundation.database,
                executions,
                leases,
                users,
                targets,
                workflows,
                runSecrets,
                foundation.signals,
                foundation.clock);
        runs = new LeasedWorker(Kind.WORKFLOW, WorkflowTaker.QUEUE, leases, executions, taker, RUNS);
        OutboundHttp outbound = foundation.closing.add(
                new OutboundHttp(foundation.settings.flag(Setting.ALLOW_INTERNAL_WEBHOOKS), LIMITS));
        StepWork work = new StepWork(leases, outbound, api, users, secrets, runSecrets, foundation.clock);
        requests = new LeasedWorker(Kind.STEP, StepWork.QUEUE, leases, executions, work, REQUESTS);
        routes = List.of(new WorkflowRoutes(workflows), new WorkflowCompatRoutes(workflows, executions));
    }

    void start(Closing closing) {
        closing.add(runs.start());
        closing.add(requests.start());
    }

    List<Routes> routes() {
        return routes;
    }
}

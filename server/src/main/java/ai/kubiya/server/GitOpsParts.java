package ai.kubiya.server;

import ai.kubiya.server.config.Setting;
import ai.kubiya.server.gitops.delivery.Deliveries;
import ai.kubiya.server.gitops.delivery.DeliveryRoutes;
import ai.kubiya.server.gitops.delivery.DeliveryWork;
import ai.kubiya.server.gitops.delivery.ProjectPlans;
import ai.kubiya.server.gitops.delivery.ReportWork;
import ai.kubiya.server.gitops.hook.GitHookRoutes;
import ai.kubiya.server.gitops.hook.GitHooks;
import ai.kubiya.server.gitops.hook.HookDoor;
import ai.kubiya.server.gitops.hook.HookSecrets;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.jobs.JobKind;
import ai.kubiya.server.outbound.CallLimits;
import ai.kubiya.server.outbound.OutboundHttp;
import ai.kubiya.server.user.UserService;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What git hosts tell, and what they are told. */
final class GitOpsParts {
    /** A page of a pull request's files with their differences. */
    private static final int LARGEST_ANSWER = 16 << 20;

    private final GitHooks hooks;
    private final Deliveries deliveries;

    /**
     * The parts.
     *
     * @param publicUrl where the world reaches this server
     */
    GitOpsParts(Foundation foundation, UserService users, ProjectParts projects, Supplier<String> publicUrl) {
        ProjectPlans plans = new ProjectRunsForGit(projects);
        OutboundHttp http = foundation.closing.add(new OutboundHttp(
                foundation.settings.flag(Setting.ALLOW_INTERNAL_WEBHOOKS), CallLimits.USUAL.withBody(LARGEST_ANSWER)));
        HookSecrets secrets = new HookSecrets(foundation.vault, foundation.random);
        HookDoor door = new HookDoor(
                foundation.database,
                users,
                secrets,
                foundation.settings.number(Setting.GITOPS_EVENTS_PER_MINUTE),
                foundation.clock);
        hooks = new GitHooks(foundation.database, secrets, http, publicUrl, foundation.audit, foundation.clock);
        JobKind reports = foundation.jobs.kind(
                "gitops-report", new ReportWork(foundation.database, door, plans, http, publicUrl, foundation.clock));
        JobKind work = foundation.jobs.kind(
                "gitops-delivery", new DeliveryWork(foundation.database, door, plans, http, reports, foundation.clock));
        deliveries = new Deliveries(foundation.database, door, hooks, work, reports, foundation.clock);
        projects.progress.tell(
                (transaction, run) -> deliveries.runSettled(transaction, run.organizationId(), run.id()));
        foundation.jobs.recurring("gitops-forget", Duration.ofHours(6), deliveries::forgetOld);
    }

    List<Routes> routes() {
        return List.of(new GitHookRoutes(hooks), new DeliveryRoutes(deliveries));
    }
}

package ai.kubiya.server;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.runner.executor.Sandbox;
import ai.kubiya.runner.terraform.TerraformDriver;
import ai.kubiya.runner.terraform.TerraformSettings;
import ai.kubiya.server.access.Caller;
import ai.kubiya.server.config.Setting;
import ai.kubiya.server.config.Settings;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.health.Metrics;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.policy.Policies;
import ai.kubiya.server.project.ProjectRoutes;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.code.CodeFetch;
import ai.kubiya.server.project.compat.ProjectTaskRoutes;
import ai.kubiya.server.project.compat.StackRoutes;
import ai.kubiya.server.project.compat.TaskRunRoutes;
import ai.kubiya.server.project.compat.UseCaseRoutes;
import ai.kubiya.server.project.run.ApplyPolicy;
import ai.kubiya.server.project.run.ProjectRun;
import ai.kubiya.server.project.run.RunJson;
import ai.kubiya.server.project.run.RunLogs;
import ai.kubiya.server.project.run.RunProgress;
import ai.kubiya.server.project.run.RunQueue;
import ai.kubiya.server.project.run.RunRoutes;
import ai.kubiya.server.project.run.RunService;
import ai.kubiya.server.project.run.plan.SealedPlans;
import ai.kubiya.server.project.run.remote.RemoteRunRoutes;
import ai.kubiya.server.project.run.remote.RemoteRuns;
import ai.kubiya.server.project.run.work.RunCode;
import ai.kubiya.server.project.run.work.RunEnds;
import ai.kubiya.server.project.run.work.RunFolders;
import ai.kubiya.server.project.run.work.RunPreparation;
import ai.kubiya.server.project.run.work.RunResults;
import ai.kubiya.server.project.run.work.RunTaker;
import ai.kubiya.server.project.run.work.RunWorker;
import ai.kubiya.server.project.template.Templates;
import ai.kubiya.server.secret.Secrets;
import ai.kubiya.server.source.git.GitFetcher;
import ai.kubiya.server.state.ProjectLookup;
import ai.kubiya.server.state.StateAccess;
import ai.kubiya.server.state.StateLocks;
import ai.kubiya.server.state.StateRetention;
import ai.kubiya.server.state.StateRoutes;
import ai.kubiya.server.state.StateService;
import ai.kubiya.server.state.StateVersionRoutes;
import ai.kubiya.server.state.content.StateContents;
import ai.kubiya.server.state.token.RunTokens;
import ai.kubiya.server.task.OtherTaskRoutes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** Infrastructure as code: projects, their runs and their states. */
final class ProjectParts {
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final int PROCESSES = 2000;

    final ProjectService projects;
    final RunService runs;
    /** Takes listeners. */
    final RunProgress progress;

    private final Foundation foundation;
    private final Templates templates;
    private final StateService states;
    private final StateLocks locks;
    private final RunTokens tokens;
    private final RunLogs logs;
    private final RunFolders folders;
    private final RunWorker worker;
    private final RemoteRuns remote;

    /**
     * The parts.
     *
     * @param port of this server, for processes of this machine
     */
    ProjectParts(
            Foundation foundation,
            Secrets secrets,
            GitFetcher git,
            ExecutionService executions,
            Leases leases,
            Sandbox sandbox,
            Policies policies,
            RunnerParts runners,
            IntSupplier port) {
        this.foundation = foundation;
        ApplyPolicy policy = new ApplyPolicy(policies);
        Settings settings = foundation.settings;
        CodeFetch code = new CodeFetch(git, foundation.directory.workspace());
        projects = new ProjectService(
                foundation.database,
                secrets,
                runners.runners,
                code,
                foundation.vault,
                foundation.audit,
                foundation.clock);
        templates = new Templates(projects, code);
        ProjectLookup lookup =
                (caller, project) -> projects.require(caller, project).id();
        tokens = new RunTokens(foundation.database, foundation.random, foundation.clock);
        StateContents contents = new StateContents(foundation.database, foundation.vault, foundation.clock);
        StateRetention retention = new StateRetention(
                foundation.database,
                settings.number(Setting.STATE_KEEP_VERSIONS),
                settings.number(Setting.STATE_KEEP_DAYS),
                foundation.clock);
        states = new StateService(
                foundation.database, contents, retention, lookup, tokens, foundation.audit, foundation.clock);
        locks = new StateLocks(foundation.database, lookup, tokens, foundation.audit, foundation.clock);
        StateAccess access = new StateAccess(
                foundation.database, states, locks, tokens, () -> url(settings.host(), port.getAsInt()));
        projects.countedBy(
                (transaction, project) -> states.resourceCount(transaction, project.organizationId(), project.id()));
        contents.forgetAbandoned();
        foundation.housekeeping.every(Duration.ofMinutes(10), "removing unfinished states", contents::forgetAbandoned);
        foundation.housekeeping.every(Duration.ofHours(1), "forgetting old states", retention::forgetOld);
        foundation.housekeeping.every(Duration.ofHours(1), "forgetting tokens of runs", tokens::forgetOld);
        RunQueue queue = new RunQueue(projects, executions, runners.runners, foundation.clock);
        progress = new RunProgress(
                foundation.database,
                queue,
                projects,
                executions,
                foundation.events,
                foundation.audit,
                foundation.bell,
                foundation.clock);
        SealedPlans plans = new SealedPlans(foundation.vault);
        runs = new RunService(
                foundation.database,
                projects,
                executions,
                queue,
                progress,
                access,
                plans,
                policy,
                foundation.audit,
                foundation.bell,
                foundation.clock);
        logs = new RunLogs(runs, executions);
        folders = new RunFolders(settings.data().resolve("terraform"), access);
        TerraformDriver driver = new TerraformDriver(terraform(settings), sandbox, foundation.clock);
        RunEnds ends = new RunEnds(leases, progress, foundation.clock);
        RunPreparation preparation =
                new RunPreparation(progress, projects, new RunCode(code), secrets, access, plans, foundation.clock);
        RunResults results = new RunResults(ends, plans, policy);
        RunTaker taker = new RunTaker(leases, preparation, results, ends, access, folders, driver);
        remote = new RemoteRuns(
                runners.remote,
                executions,
                preparation,
                results,
                ends,
                folders,
                access,
                foundation.vault,
                foundation.clock);
        worker = new RunWorker(leases, taker, executions, settings.number(Setting.TERRAFORM_CONCURRENCY));
    }

    private static String url(String host, int port) {
        return "http://" + (host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host) + ":" + port;
    }

    private static TerraformSettings terraform(Settings settings) {
        RunLimits limits = new RunLimits(
                Duration.ofSeconds(settings.number(Setting.TERRAFORM_TIMEOUT)),
                (long) settings.number(Setting.TERRAFORM_MEMORY_MB) << 20,
                PROCESSES,
                (long) settings.number(Setting.TOOL_DISK_MB) << 20,
                (long) settings.number(Setting.TOOL_OUTPUT_MB) << 20);
        Map<String, String> environment = settings.environment();
        return new TerraformSettings(
                settings.text(Setting.TERRAFORM),
                FromSettings.path(settings, Setting.TERRAFORM_PLUGIN_DIR),
                settings.flag(Setting.TERRAFORM_NETWORK),
                limits,
                GRACE,
                environment.getOrDefault("PATH", "") + ":/usr/local/bin:/usr/bin:/bin");
    }

    /** Begins to work: what the last process left behind first. Executions that it had are lost by now. */
    ProjectParts start(Metrics metrics) {
        metrics.gauge("kubiya.projects.active", "Plans and applies in work", worker::active);
        folders.recover();
        progress.tidy();
        foundation.housekeeping.every(Duration.ofSeconds(2), "looking after runs of projects", progress::tidy);
        foundation.closing.add(worker.start());
        return this;
    }

    private Map<UUID, ObjectNode> lastExecutions(Caller caller, List<UUID> ofProjects) {
        return runs.last(caller.organizationId(), ofProjects).stream()
                .collect(Collectors.toMap(ProjectRun::projectId, RunJson::of));
    }

    /** What else than tasks older clients find under the address of tasks. */
    OtherTaskRoutes tasks() {
        return new ProjectTaskRoutes(projects, runs);
    }

    List<Routes> routes() {
        return List.of(
                new ProjectRoutes(projects, templates, this::lastExecutions),
                new UseCaseRoutes(projects, templates),
                new TaskRunRoutes(projects, runs, logs, states),
                new StackRoutes(projects, runs, logs),
                new RunRoutes(runs, logs),
                new RemoteRunRoutes(remote),
                new StateRoutes(states, locks, tokens),
                new StateVersionRoutes(states));
    }
}

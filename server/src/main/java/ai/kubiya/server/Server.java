package ai.kubiya.server;

import ai.kubiya.runner.Runner;
import ai.kubiya.runner.RunnerConfig;
import ai.kubiya.runner.executor.ExecutorChoice;
import ai.kubiya.runner.executor.ProcessLauncher;
import ai.kubiya.server.agent.AgentReferences;
import ai.kubiya.server.agent.AgentRoutes;
import ai.kubiya.server.agent.AgentService;
import ai.kubiya.server.approval.ApprovalRoutes;
import ai.kubiya.server.approval.Approvals;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.audit.Refusals;
import ai.kubiya.server.config.Setting;
import ai.kubiya.server.config.Settings;
import ai.kubiya.server.contract.ApiDescription;
import ai.kubiya.server.contract.ContractCheck;
import ai.kubiya.server.contract.ContractRoutes;
import ai.kubiya.server.crypto.Vault;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.docs.DocsRoutes;
import ai.kubiya.server.execution.ExecutionRoutes;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.LeaseReaper;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.health.HealthRoutes;
import ai.kubiya.server.health.Metrics;
import ai.kubiya.server.http.ApiCalls;
import ai.kubiya.server.http.ClientAddress;
import ai.kubiya.server.http.Gates;
import ai.kubiya.server.http.HttpServer;
import ai.kubiya.server.http.InternalApi;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.idempotency.IdempotentRequests;
import ai.kubiya.server.integration.IntegrationRoutes;
import ai.kubiya.server.integration.Integrations;
import ai.kubiya.server.jobs.Housekeeping;
import ai.kubiya.server.key.ApiKeyRoutes;
import ai.kubiya.server.key.ApiKeyService;
import ai.kubiya.server.key.AuthRoutes;
import ai.kubiya.server.key.KeyAuthenticator;
import ai.kubiya.server.key.KeyUse;
import ai.kubiya.server.key.OperatorKeys;
import ai.kubiya.server.key.WebSessionRoutes;
import ai.kubiya.server.key.WebSessions;
import ai.kubiya.server.limit.RequestLimits;
import ai.kubiya.server.model.ModelSettings;
import ai.kubiya.server.model.ModelTimeouts;
import ai.kubiya.server.model.Models;
import ai.kubiya.server.model.organization.OrganizationModelRoutes;
import ai.kubiya.server.model.organization.OrganizationModels;
import ai.kubiya.server.project.tool.ProjectTools;
import ai.kubiya.server.runner.work.Preparation;
import ai.kubiya.server.secret.FormerSecrets;
import ai.kubiya.server.secret.SecretCompatRoutes;
import ai.kubiya.server.secret.SecretRoutes;
import ai.kubiya.server.secret.Secrets;
import ai.kubiya.server.signal.Bell;
import ai.kubiya.server.signal.BellListener;
import ai.kubiya.server.signal.Signals;
import ai.kubiya.server.source.SourceRoutes;
import ai.kubiya.server.source.SourceService;
import ai.kubiya.server.source.ZipSourceRoutes;
import ai.kubiya.server.source.git.GitFetcher;
import ai.kubiya.server.tool.ToolRoutes;
import ai.kubiya.server.tool.ToolService;
import ai.kubiya.server.tool.builtin.BuiltInCalls;
import ai.kubiya.server.tool.builtin.BuiltInTools;
import ai.kubiya.server.tool.run.RunSettings;
import ai.kubiya.server.tool.run.ToolRunFactory;
import ai.kubiya.server.tool.run.ToolRunRoutes;
import ai.kubiya.server.tool.run.ToolRuns;
import ai.kubiya.server.user.GroupRoutes;
import ai.kubiya.server.user.GroupService;
import ai.kubiya.server.user.IdentityChanges;
import ai.kubiya.server.user.IdentityListener;
import ai.kubiya.server.user.UserRoutes;
import ai.kubiya.server.user.UserService;
import ai.kubiya.server.web.WebRoutes;
import ai.kubiya.server.webhook.incoming.answer.Accounts;
import ai.kubiya.server.workflow.run.RunSecrets;
import ai.kubiya.server.workflow.step.StepTargets;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole server, wired by hand: read it from top to bottom. */
public final class Server implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Server.class);
    /** Topic on which servers of one database announce themselves. */
    private static final String SERVERS = "servers";

    private final Closing closing = new Closing();
    private final HttpServer http;
    private final Router router = new Router();
    private final Optional<String> firstKey;
    private final Settings settings;
    private volatile boolean accepting;

    /**
     * Builds and starts everything; returns when requests are answered.
     *
     * @throws IOException when the data directory or the database cannot be used
     */
    public Server(Settings settings, Clock clock) throws IOException {
        this.settings = settings;
        try {
            Metrics metrics = new Metrics();
            ApiDescription description = new ApiDescription(settings.text(Setting.PUBLIC_URL));
            @Nullable ModelSettings modelSettings = FromSettings.models(settings);

            ClientAddress clientAddress = FromSettings.clientAddress(settings);

            Foundation foundation = new Foundation(settings, clock, closing);
            DataDirectory directory = foundation.directory;
            String node = directory.nodeName();
            boolean shared = foundation.shared;
            Database database = foundation.database;
            SecureRandom random = foundation.random;
            Vault vault = foundation.vault;
            Signals signals = foundation.signals;
            Bell bell = foundation.bell;
            AuditLog audit = foundation.audit;
            Housekeeping housekeeping = foundation.housekeeping;
            firstKey = new OperatorKeys(database, clock, random).firstStart();

            // The trail of what was done, and answers to repeated requests
            AuditParts auditParts = new AuditParts(foundation);
            IdempotentRequests replays = new IdempotentRequests(database, vault, clock, node);
            housekeeping.every(Duration.ofMinutes(10), "forgetting answered requests", replays::forgetOld);

            // Users and keys
            IdentityChanges identities = new IdentityChanges(database, shared);
            UserService users = new UserService(database, identities, audit, clock);
            GroupService groups = new GroupService(database, users, identities, audit, clock);
            ApiKeyService keys = new ApiKeyService(database, users, identities, audit, clock, random);
            KeyUse keyUse = closing.add(new KeyUse(database));
            housekeeping.every(Duration.ofSeconds(5), "noting when keys were used", keyUse::write);
            BooleanSupplier hearing =
                    shared ? closing.add(new IdentityListener(database, identities))::isListening : () -> true;
            KeyAuthenticator authenticator = new KeyAuthenticator(database, identities, hearing, keyUse, clock);

            WebSessions webSessions = new WebSessions(database, identities, clock, random);
            housekeeping.every(Duration.ofMinutes(10), "forgetting old web sessions", webSessions::forgetOld);
            PolicyParts policyParts = new PolicyParts(foundation, identities, hearing, auditParts.repeated);

            // Executions
            ExecutionService executions = new ExecutionService(database, bell, audit, foundation.events, clock);
            Approvals approvals = new Approvals(database, executions, audit, foundation.events, foundation.jobs, clock);
            Leases leases = new Leases(database, executions.listeners(), bell, clock, node);

            RunnerParts runnerParts = new RunnerParts(foundation, leases);

            // Executors, shared by tools and discovery
            ProcessLauncher launcher = new ProcessLauncher();
            ExecutorChoice executors = new ExecutorChoice(FromSettings.executors(settings, node), launcher);

            // Sources and tools
            FormerSecrets.warn(settings.environment());
            Secrets secrets = new Secrets(database, vault, audit, clock);
            Integrations integrations = new Integrations(database, vault, audit, clock);
            ToolService tools = new ToolService(database, audit, clock);
            GitFetcher git = SourceParts.git(foundation);
            SourceService sources = SourceParts.sources(foundation, git, executors, runnerParts.runners);

            // Runs of tools on the embedded runner
            RunSecrets runSecrets = new RunSecrets(database, vault);
            RunSettings runSettings = FromSettings.runs(settings);
            ToolRunFactory runFactory = new ToolRunFactory(runSettings, secrets, runSecrets);
            ToolRuns runs = new ToolRuns(
                    database, executions, runFactory, secrets, runnerParts.runners, policyParts.policies, approvals);
            Preparation preparation = new Preparation(leases, runFactory::run);
            Runner runner = new Runner(
                    runnerParts.embedded(preparation),
                    RunnerConfig.DEFAULT.withConcurrency(settings.number(Setting.CONCURRENCY)),
                    executors,
                    clock);
            executions.onCancellation(runner::cancelNow);

            // Limits of keys
            RequestLimits limits = closing.add(new RequestLimits(
                    database, FromSettings.limits(settings), node, shared, announcement(shared), clock));
            signals.onEach(SERVERS, _ -> limits.lookForOthers());
            housekeeping.every(Duration.ofMinutes(10), "forgetting old request counts", limits::forgetOld);
            Gates gates = new Gates(
                    authenticator,
                    runnerParts.tokens,
                    limits,
                    new ContractCheck(description),
                    replays,
                    new Refusals(auditParts.repeated, clock));
            ApiCalls api = new InternalApi(router, gates);

            // Agents
            OrganizationModels models = new OrganizationModels(
                    database,
                    closing.add(new Models(modelSettings, ModelTimeouts.DEFAULT, clock)),
                    vault,
                    settings.flag(Setting.ALLOW_INTERNAL_WEBHOOKS),
                    audit,
                    clock);
            BuiltInTools builtIns = new BuiltInTools(ProjectTools.all());
            BuiltInCalls builtInCalls = new BuiltInCalls(policyParts.policies, api);
            AgentReferences references =
                    new AgentReferences(sources, tools, builtIns, secrets, runnerParts.runners, models::available);
            AgentService agents = new AgentService(database, references, audit, foundation.events, clock);

            // What agents know, and conversations
            KnowledgeParts knowledge = new KnowledgeParts(foundation, users, groups, agents, sources, git);
            ChatParts chats = new ChatParts(
                    foundation,
                    policyParts.policies,
                    executions,
                    approvals,
                    leases,
                    users,
                    tools,
                    runs,
                    builtIns,
                    builtInCalls,
                    api,
                    agents,
                    models,
                    knowledge.forAgents);

            // Workflows, infrastructure as code, tasks
            WorkflowParts workflowParts = new WorkflowParts(
                    foundation,
                    runSecrets,
                    executions,
                    leases,
                    users,
                    secrets,
                    sources,
                    runnerParts.runners,
                    approvals,
                    new StepTargets(tools, runs, chats.sessions, executions, approvals),
                    api);
            ProjectParts projects = new ProjectParts(
                    foundation,
                    secrets,
                    git,
                    executions,
                    leases,
                    executors.sandbox(),
                    policyParts.policies,
                    runnerParts,
                    this::port);
            DriftParts drift = new DriftParts(foundation, projects, users);
            GitOpsParts gitOps = new GitOpsParts(foundation, users, projects, this::publicUrl);
            TaskParts tasks = new TaskParts(
                    foundation,
                    executions,
                    users,
                    tools,
                    runs,
                    runnerParts.runners,
                    agents,
                    chats.sessions,
                    workflowParts.workflows,
                    projects.tasks());

            // Webhooks
            WebhookParts webhooks = new WebhookParts(
                    foundation,
                    new WebhookParts.Starts(
                            users, agents, chats.sessions, chats.turns, executions, workflowParts.workflows),
                    new Accounts(integrations, secrets),
                    limits,
                    this::publicUrl);

            // All routes, before any worker starts: requests of workflows come in through them, not through HTTP
            List<Routes> features = new ArrayList<>(List.of(
                    new ContractRoutes(description),
                    new HealthRoutes(database, () -> accepting, metrics, version()),
                    new AuthRoutes(keys, users, auditParts.logins::seen),
                    new WebSessionRoutes(webSessions, auditParts.logins::seen, FromSettings.isPublicOverTls(settings)),
                    new WebRoutes(),
                    new DocsRoutes(description),
                    new ApiKeyRoutes(keys, clock),
                    new UserRoutes(users),
                    new GroupRoutes(groups),
                    new SourceRoutes(sources, tools),
                    new ZipSourceRoutes(sources, tools, directory.workspace()),
                    new ToolRoutes(tools),
                    new ToolRunRoutes(tools, runs, executions),
                    new ExecutionRoutes(executions),
                    new ApprovalRoutes(approvals),
                    new AgentRoutes(agents, integrations),
                    new SecretRoutes(secrets),
                    new SecretCompatRoutes(secrets),
                    new IntegrationRoutes(integrations),
                    new OrganizationModelRoutes(models)));
            features.addAll(auditParts.routes());
            features.add(McpParts.routes(
                    foundation, tools, agents, runs, builtIns, builtInCalls, executions, this::publicUrl));
            features.addAll(chats.routes());
            features.addAll(webhooks.routes());
            features.addAll(policyParts.routes());
            features.addAll(knowledge.routes());
            features.addAll(runnerParts.routes(preparation));
            features.addAll(workflowParts.routes());
            features.addAll(tasks.routes());
            features.addAll(projects.routes());
            features.addAll(gitOps.routes());
            features.addAll(drift.routes());
            features.forEach(feature -> feature.addTo(router));

            // What the last process left behind, before anything new starts
            int lost = leases.takeBackOwn();
            int interrupted = sources.failInterrupted();
            int unanswered = replays.markInterrupted();
            if (lost + interrupted + unanswered > 0) {
                log.warn(
                        "the last process left unfinished: {} executions, {} syncs, {} requests",
                        lost,
                        interrupted,
                        unanswered);
            }
            if (shared) {
                closing.add(new BellListener(database, signals));
            }
            closing.add(new LeaseReaper(leases, runnerParts.settling()));
            closing.add(runner.start());
            closing.add(runnerParts.announce(node, executors, runner::active));
            chats.start(closing);
            workflowParts.start(closing);
            webhooks.start();
            knowledge.start(metrics);
            projects.start(metrics);
            closing.add(foundation.jobs.start());

            metrics.gauge("kubiya.runs.active", "Tool runs on the embedded runner", runner::active);
            metrics.gauge(
                    "kubiya.keys.remembered", "Keys that need no look-up in the database", authenticator::remembered);
            metrics.gauge("kubiya.turns.active", "Turns of agents in work", chats::active);
            metrics.gauge("kubiya.limits.memory", "1 while requests are counted in memory", limits::inMemory);
            metrics.counter("kubiya.limits.refused", "Requests beyond a key's limits", _ -> limits.refused());
            metrics.counter("kubiya.limits.damped", "Requests after too many wrong keys", _ -> limits.damped());
            http = closing.add(new HttpServer(
                            settings.host(),
                            settings.number(Setting.PORT),
                            clientAddress,
                            router,
                            gates,
                            metrics::request)
                    .start());
            accepting = true;
        } catch (IOException | RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static Consumer<Transaction> announcement(boolean shared) {
        return shared ? transaction -> transaction.tell(Bell.CHANNEL, SERVERS) : _ -> {};
    }

    /** The version in the jar's manifest; a build tool's class directory has none. */
    public static String version() {
        String version = Server.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The first admin key, when this start made it. */
    public Optional<String> firstKey() {
        return firstKey;
    }

    /** What urls handed out start with. */
    private String publicUrl() {
        return FromSettings.publicUrl(settings, port());
    }

    public int port() {
        return http.port();
    }

    public Router router() {
        return router;
    }

    /** Stops taking requests, lets the runner end, then the rest, in the reverse order of the start. */
    @Override
    public void close() {
        accepting = false;
        closing.close();
    }
}

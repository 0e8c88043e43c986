package ai.kubiya.server;

import ai.kubiya.protocol.remote.ComponentReport;
import ai.kubiya.runner.executor.ExecutorChoice;
import ai.kubiya.server.config.Setting;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.execution.RemoteLeases;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.runner.InstallRoutes;
import ai.kubiya.server.runner.RunnerCompatRoutes;
import ai.kubiya.server.runner.RunnerRoutes;
import ai.kubiya.server.runner.RunnerService;
import ai.kubiya.server.runner.RunnerStates;
import ai.kubiya.server.runner.Runners;
import ai.kubiya.server.runner.StrandedRuns;
import ai.kubiya.server.runner.presence.EmbeddedPresence;
import ai.kubiya.server.runner.presence.Presence;
import ai.kubiya.server.runner.token.RunnerTokens;
import ai.kubiya.server.runner.work.EmbeddedWorkSource;
import ai.kubiya.server.runner.work.Preparation;
import ai.kubiya.server.runner.work.RemoteWork;
import ai.kubiya.server.runner.work.WorkRoutes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Runners: which there are, those elsewhere, and the one in this process. */
final class RunnerParts {
    final Runners runners;
    final RunnerTokens tokens;
    final RemoteLeases remote;

    private final Foundation foundation;
    private final Leases leases;
    private final Presence presence;
    private final RunnerService service;

    RunnerParts(Foundation foundation, Leases leases) {
        this.foundation = foundation;
        this.leases = leases;
        Presence.Times times =
                new Presence.Times(Duration.ofSeconds(foundation.settings.number(Setting.RUNNER_PATIENCE)));
        remote = new RemoteLeases(foundation.database, leases, foundation.bell, foundation.clock);
        presence = new Presence(foundation.database, remote, foundation.events, times, foundation.clock);
        tokens = new RunnerTokens(foundation.database, foundation.clock, foundation.random);
        RunnerStates states = new RunnerStates(presence, remote, foundation.clock);
        runners = new Runners(foundation.database, states, foundation.random);
        service = new RunnerService(foundation.database, states, tokens, remote, foundation.audit, foundation.clock);
        StrandedRuns stranded = new StrandedRuns(foundation.database, remote, runners, times, foundation.clock);
        Duration look = times.heartbeat();
        foundation.housekeeping.every(look, "looking for silent runners", () -> presence.findSilent(stranded));
        foundation.housekeeping.every(look, "moving runs that wait in vain", stranded::moveOn);
        foundation.housekeeping.every(Duration.ofSeconds(15), "giving up runs that wait in vain", stranded::giveUp);
        foundation.housekeeping.every(Duration.ofMinutes(10), "forgetting runners' processes", presence::forgetGone);
    }

    /** How long remote runners are left alone after a time in which this server could hear nobody. */
    Duration settling() {
        return presence.times().offlineAfter();
    }

    /** Where the embedded runner gets its work. */
    EmbeddedWorkSource embedded(Preparation preparation) {
        return new EmbeddedWorkSource(leases, preparation);
    }

    /** Says of the embedded runner that it lives. */
    EmbeddedPresence announce(String node, ExecutorChoice executors, IntSupplier running) {
        String version = Server.version();
        return new EmbeddedPresence(
                foundation.database,
                new EmbeddedPresence.Self(
                        node,
                        version,
                        foundation.settings.number(Setting.CONCURRENCY),
                        running,
                        () -> components(executors, version)),
                presence.times().heartbeat(),
                foundation.clock);
    }

    private static Map<String, ComponentReport> components(ExecutorChoice executors, String version) {
        ExecutorChoice.Ability ability = executors.ability();
        return Map.of(
                "tool_manager",
                new ComponentReport(version, ability.problem(), ability.details()),
                "agent_manager",
                new ComponentReport(version, "", Map.of()));
    }

    List<Routes> routes(Preparation preparation) {
        InstallRoutes install = new InstallRoutes(
                service, foundation.settings.text(Setting.PUBLIC_URL), foundation.settings.text(Setting.RUNNER_IMAGE));
        RemoteWork work = new RemoteWork(
                presence, tokens, leases, remote, service::room, preparation, foundation.signals, Server.version());
        return List.of(
                install,
                new RunnerRoutes(service, install, foundation.clock),
                new RunnerCompatRoutes(service, install, foundation.clock),
                new WorkRoutes(work));
    }
}

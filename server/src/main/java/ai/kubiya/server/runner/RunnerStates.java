package ai.kubiya.server.runner;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.RemoteLeases;
import ai.kubiya.server.runner.presence.Health;
import ai.kubiya.server.runner.presence.Presence;
import ai.kubiya.server.runner.presence.RunnerProcess;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts together what is known of runners. */
public final class RunnerStates {
    private final Presence presence;
    private final RemoteLeases leases;
    private final Clock clock;

    public RunnerStates(Presence presence, RemoteLeases leases, Clock clock) {
        this.presence = presence;
        this.leases = leases;
        this.clock = clock;
    }

    /** The states of some runners of one organisation, in their order. */
    List<RunnerState> of(Transaction transaction, UUID organization, List<Runner> runners) {
        if (runners.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<RunnerProcess>> live =
                presence
                        .live(
                                transaction,
                                organization,
                                runners.stream().map(Runner::id).toList())
                        .stream()
                        .collect(Collectors.groupingBy(RunnerProcess::runner));
        Map<String, Integer> load = leases.load(
                transaction, organization, runners.stream().map(Runner::name).toList());
        Instant now = clock.instant();
        return runners.stream()
                .map(runner -> {
                    List<RunnerProcess> processes = live.getOrDefault(runner.id(), List.of());
                    return new RunnerState(
                            runner,
                            processes,
                            Health.of(processes, runner.lastSeenAt(), now),
                            load.getOrDefault(runner.name(), 0));
                })
                .toList();
    }

    RunnerState of(Transaction transaction, Runner runner) {
        return of(transaction, runner.organizationId(), List.of(runner)).getFirst();
    }

    /** The embedded runner as an organisation sees it. */
    RunnerState embedded(Transaction transaction, UUID organization) {
        List<RunnerProcess> processes = presence.embedded(transaction);
        @Nullable
        Instant since = processes.stream()
                .map(RunnerProcess::startedAt)
                .min(Comparator.naturalOrder())
                .orElse(null);
        @Nullable
        Instant lastSeen = processes.stream()
                .map(RunnerProcess::lastSeenAt)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new RunnerState(
                Runner.embedded(organization, since, lastSeen),
                processes,
                Health.of(processes, lastSeen, clock.instant()),
                presence.embeddedLoad(transaction));
    }
}

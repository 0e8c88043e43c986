package ai.kubiya.server.runner.work;

import ai.kubiya.protocol.Lease;
import ai.kubiya.protocol.WorkSource.Wish;
import ai.kubiya.protocol.remote.EventsRequest;
import ai.kubiya.protocol.remote.FinishRequest;
import ai.kubiya.protocol.remote.GoodbyeRequest;
import ai.kubiya.protocol.remote.HeartbeatAnswer;
import ai.kubiya.protocol.remote.HeartbeatRequest;
import ai.kubiya.protocol.remote.HeldLease;
import ai.kubiya.protocol.remote.LeaseAnswer;
import ai.kubiya.protocol.remote.LeaseRequest;
import ai.kubiya.protocol.remote.ProcessReport;
import ai.kubiya.protocol.remote.RegisterAnswer;
import ai.kubiya.protocol.remote.WishAnswer;
import ai.kubiya.protocol.terraform.TerraformLeases;
import ai.kubiya.server.access.RunnerIdentity;
import ai.kubiya.server.execution.HeldWork;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.execution.Lessee;
import ai.kubiya.server.execution.RemoteLeases;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.runner.presence.Presence;
import ai.kubiya.server.runner.token.RunnerTokens;
import ai.kubiya.server.signal.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What remote runners ask of the server. The runner's identity says whose work it may touch. */
public final class RemoteWork {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Presence presence;
    private final RunnerTokens tokens;
    private final Leases leases;
    private final RemoteLeases remote;
    private final RunnerRoom room;
    private final Preparation preparation;
    private final Signals signals;
    private final String version;

    public RemoteWork(
            Presence presence,
            RunnerTokens tokens,
            Leases leases,
            RemoteLeases remote,
            RunnerRoom room,
            Preparation preparation,
            Signals signals,
            String version) {
        this.presence = presence;
        this.tokens = tokens;
        this.leases = leases;
        this.remote = remote;
        this.room = room;
        this.preparation = preparation;
        this.signals = signals;
        this.version = version;
    }

    RegisterAnswer register(RunnerIdentity runner, ProcessReport report) {
        presence.register(runner, ReportCheck.checked(report), transaction -> tokens.used(transaction, runner));
        return new RegisterAnswer(
                runner.runnerId(),
                runner.name(),
                runner.organizationId().toString(),
                version,
                presence.times().heartbeat(),
                presence.times().patience());
    }

    LeaseAnswer lease(RunnerIdentity runner, LeaseRequest request) throws InterruptedException {
        List<Lease> prepared = next(Kind.TOOL, runner, request).stream()
                .map(preparation::lease)
                .flatMap(Optional::stream)
                .toList();
        return new LeaseAnswer(prepared);
    }

    /** Older runners do not know this call, so none is ever given a plan or an apply. */
    TerraformLeases leaseTerraform(RunnerIdentity runner, LeaseRequest request) throws InterruptedException {
        return new TerraformLeases(next(Kind.TERRAFORM, runner, request).stream()
                .map(leased -> new HeldLease(leased.execution().id(), leased.token()))
                .toList());
    }

    private List<LeasedExecution> next(Kind kind, RunnerIdentity runner, LeaseRequest request)
            throws InterruptedException {
        ReportCheck.checkTokens(request.tokens());
        return remote.next(
                kind,
                lessee(runner, request.instance()),
                request.tokens(),
                bounded(request.patience()),
                transaction -> presence.takesWork(transaction, runner, request.instance(), request.boot())
                        ? room.of(transaction, runner)
                        : 0);
    }

    WishAnswer begin(RunnerIdentity runner, HeldLease held) {
        return new WishAnswer(remote.begin(
                        held(runner, held.execution(), held.token()),
                        presence.times().patience())
                .map(cancelled -> cancelled ? Wish.CANCEL : Wish.CONTINUE)
                .orElse(Wish.ABANDON));
    }

    void giveBack(RunnerIdentity runner, HeldLease held) {
        leases.giveBack(held(runner, held.execution(), held.token()));
    }

    /** Prolongs, then waits for something that the server wants, so that a cancellation need not wait for its turn. */
    HeartbeatAnswer heartbeat(RunnerIdentity runner, HeartbeatRequest request) throws InterruptedException {
        ProcessReport report = ReportCheck.checked(request.process());
        Map<UUID, UUID> held = new HashMap<>();
        request.leases().forEach(lease -> held.put(lease.execution(), lease.token()));
        if (!presence.heartbeat(runner, report, transaction -> tokens.used(transaction, runner))) {
            return new HeartbeatAnswer(List.of(), List.copyOf(held.keySet()), false, true);
        }
        return signals.await(
                        RemoteLeases.wishes(runner.organizationId(), runner.name()),
                        bounded(request.patience()),
                        () -> Optional.of(news(runner, request, held)).filter(RemoteWork::wantsSomething))
                .orElseGet(() -> new HeartbeatAnswer(List.of(), List.of(), false, false));
    }

    private HeartbeatAnswer news(RunnerIdentity runner, HeartbeatRequest request, Map<UUID, UUID> held) {
        ProcessReport report = request.process();
        Map<UUID, Boolean> known =
                remote.heartbeat(runner.organizationId(), held, presence.times().patience());
        List<UUID> cancel = new ArrayList<>();
        List<UUID> abandon = new ArrayList<>();
        for (UUID execution : held.keySet()) {
            Boolean cancelled = known.get(execution);
            if (request.stopping().contains(execution)) {
                continue;
            }
            if (cancelled == null) {
                abandon.add(execution);
            } else if (cancelled) {
                cancel.add(execution);
            }
        }
        boolean restart = !report.draining() && presence.mustRestart(runner, report.instance());
        return new HeartbeatAnswer(cancel, abandon, restart, false);
    }

    private static boolean wantsSomething(HeartbeatAnswer answer) {
        return !answer.cancel().isEmpty() || !answer.abandon().isEmpty() || answer.restart() || answer.replaced();
    }

    void events(RunnerIdentity runner, EventsRequest request) {
        HeldWork held = held(runner, request.execution(), request.token());
        if (!leases.append(held, Math.max(1, request.first()), RunReports.events(request.events()))) {
            throw lost(request.execution());
        }
    }

    void finish(RunnerIdentity runner, FinishRequest request) {
        HeldWork held = held(runner, request.execution(), request.token());
        if (!leases.end(
                held,
                Math.max(1, request.first()),
                RunReports.ending(request.outcome()),
                RunReports.events(request.events()))) {
            throw lost(request.execution());
        }
    }

    void goodbye(RunnerIdentity runner, GoodbyeRequest request) {
        presence.goodbye(runner, request.instance(), request.boot());
    }

    private Lessee lessee(RunnerIdentity runner, UUID instance) {
        return new Lessee(runner.organizationId(), runner.name(), RemoteLeases.owner(runner.runnerId(), instance));
    }

    private static HeldWork held(RunnerIdentity runner, UUID execution, UUID token) {
        return new HeldWork(execution, token, runner.organizationId());
    }

    private static ApiException lost(UUID execution) {
        return ApiException.conflict("The lease of " + execution + " is over, or somebody else's: stop the run.");
    }

    private static Duration bounded(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}

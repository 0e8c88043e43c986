package ai.kubiya.server.project.run.remote;

import ai.kubiya.protocol.remote.HeldLease;
import ai.kubiya.protocol.terraform.LeftStateAnswer;
import ai.kubiya.protocol.terraform.StateAddress;
import ai.kubiya.protocol.terraform.TerraformReport;
import ai.kubiya.protocol.terraform.TerraformWork;
import ai.kubiya.runner.terraform.SavedPlan;
import ai.kubiya.runner.terraform.TerraformOutcome;
import ai.kubiya.runner.terraform.TerraformStop;
import ai.kubiya.server.access.RunnerIdentity;
import ai.kubiya.server.crypto.Vault;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.HeldWork;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.NewEvent;
import ai.kubiya.server.execution.RemoteLeases;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.run.NewRun;
import ai.kubiya.server.project.run.work.CannotGoOn;
import ai.kubiya.server.project.run.work.PreparedRun;
import ai.kubiya.server.project.run.work.RunEnds;
import ai.kubiya.server.project.run.work.RunFolders;
import ai.kubiya.server.project.run.work.RunInputs;
import ai.kubiya.server.project.run.work.RunMemory;
import ai.kubiya.server.project.run.work.RunPreparation;
import ai.kubiya.server.project.run.work.RunResults;
import ai.kubiya.server.state.StateAccess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What remote runners ask for and report when they plan and apply. */
public final class RemoteRuns {
    private static final Logger log = LoggerFactory.getLogger(RemoteRuns.class);
    private static final RunMemory NOTHING = new RunMemory("", Set.of(), List.of());
    private static final int RETRY_SECONDS = 5;

    private final RemoteLeases leases;
    private final ExecutionService executions;
    private final RunPreparation preparation;
    private final RunResults results;
    private final RunEnds ends;
    private final RunFolders folders;
    private final StateAccess states;
    private final Vault vault;
    private final Clock clock;

    public RemoteRuns(
            RemoteLeases leases,
            ExecutionService executions,
            RunPreparation preparation,
            RunResults results,
            RunEnds ends,
            RunFolders folders,
            StateAccess states,
            Vault vault,
            Clock clock) {
        this.leases = leases;
        this.executions = executions;
        this.preparation = preparation;
        this.results = results;
        this.ends = ends;
        this.folders = folders;
        this.states = states;
        this.vault = vault;
        this.clock = clock;
    }

    /** A run that is ready to be sent; its folder goes when it is closed. */
    final class Job implements AutoCloseable {
        private final Path folder;
        private final CodeArchive archive;
        private final TerraformWork work;
        private final @Nullable SavedPlan plan;

        private Job(Path folder, CodeArchive archive, TerraformWork work, @Nullable SavedPlan plan) {
            this.folder = folder;
            this.archive = archive;
            this.work = work;
            this.plan = plan;
        }

        void write(OutputStream out) throws IOException {
            archive.write(out, work, plan);
        }

        @Override
        public void close() {
            folders.remove(folder);
        }
    }

    /**
     * Gets a run ready for the runner that holds it. Where that fails the run has ended, with the reason.
     *
     * @throws ApiException 409 when the lease is over
     */
    Job job(RunnerIdentity runner, HeldLease held) throws IOException {
        LeasedExecution leased = required(runner, held);
        Optional<RunPreparation.Found> found = preparation.find(leased.execution());
        if (found.isEmpty()) {
            ends.orphaned(leased);
            throw lost(held);
        }
        String status = found.get().isApply() ? "applying" : "planning";
        leases.note(
                held(runner, held),
                new NewEvent(clock.instant(), "status", Json.object().put("status", status)));
        try {
            return job(leased, found.get());
        } catch (CannotGoOn e) {
            ends.failed(leased, found.get().run(), e.code(), String.valueOf(e.getMessage()));
        } catch (ApiException e) {
            if (e.code().status() >= 500) {
                throw e;
            }
            ends.failed(leased, found.get().run(), "code_unavailable", e.details());
        } catch (RuntimeException e) {
            ends.giveUp(leased, e);
        }
        throw lost(held);
    }

    private Job job(LeasedExecution leased, RunPreparation.Found found) throws IOException, CannotGoOn {
        Path folder = folders.createForSending();
        boolean sent = false;
        try {
            PreparedRun prepared = preparation.prepare(found, folder);
            CodeArchive archive = CodeArchive.of(folder.resolve("code"));
            SavedPlan plan = prepared.saved() == null ? null : prepared.saved().plan();
            Job job = new Job(folder, archive, work(leased.execution(), prepared, archive), plan);
            sent = true;
            return job;
        } finally {
            if (!sent) {
                folders.remove(folder);
            }
        }
    }

    private TerraformWork work(Execution execution, PreparedRun prepared, CodeArchive archive) {
        RunInputs inputs = prepared.inputs();
        NewRun asked = prepared.run().asked();
        StateAccess.Backend state =
                states.open(execution.organizationId(), prepared.project().id(), execution.id());
        return new TerraformWork(
                prepared.saved() != null,
                prepared.module(),
                archive.executables(),
                archive.links(),
                inputs.variables(),
                inputs.environment(),
                inputs.secrets(),
                inputs.masked(),
                asked.mode().name().toLowerCase(Locale.ROOT),
                asked.targets(),
                asked.replaces(),
                new StateAddress(
                        state.path(),
                        state.username(),
                        state.password(),
                        execution.id().toString()),
                preparation.lock(prepared.run(), execution),
                ticket(execution, RunMemory.of(inputs)));
    }

    private String ticket(Execution execution, RunMemory memory) {
        return Base64.getEncoder().encodeToString(vault.seal(Json.text(memory.toJson()), place(execution)));
    }

    private RunMemory memory(Execution execution, String ticket) {
        if (ticket.isEmpty()) {
            return NOTHING;
        }
        try {
            return RunMemory.of(Json.parse(vault.open(Base64.getDecoder().decode(ticket), place(execution))));
        } catch (IllegalArgumentException | Vault.CannotOpen e) {
            throw ApiException.invalid("/ticket", "is not the one that was given with this run");
        }
    }

    private static String place(Execution execution) {
        return "execution/ticket/" + execution.organizationId() + "/" + execution.id();
    }

    /**
     * Ends a run as its runner says.
     *
     * @throws ApiException 409 when the lease is over, unless this runner ended it by the same report before
     */
    void report(RunnerIdentity runner, InputStream body) throws IOException {
        ReportArchive archive = ReportArchive.of(body);
        TerraformReport report = archive.report();
        if (leases.hasEnded(held(runner, report.lease()))) {
            return;
        }
        LeasedExecution leased = required(runner, report.lease());
        Optional<RunPreparation.Found> found = preparation.find(leased.execution());
        if (found.isEmpty()) {
            ends.orphaned(leased);
            return;
        }
        RunMemory memory = memory(leased.execution(), report.ticket());
        Path folder = folders.createForSending();
        try {
            results.take(leased, found.get(), memory, state(report), outcome(report, archive, folder), reason(report));
        } finally {
            folders.remove(folder);
        }
    }

    private static RunResults.@Nullable PlannedState state(TerraformReport report) {
        Long serial = report.stateSerial();
        String lineage = report.stateLineage();
        return serial == null || lineage == null ? null : new RunResults.PlannedState(serial, lineage);
    }

    private static TerraformOutcome outcome(TerraformReport report, ReportArchive archive, Path folder)
            throws IOException {
        TerraformOutcome.Planned planned = null;
        if (report.planned()) {
            Path document = folder.resolve("plan.json");
            planned = new TerraformOutcome.Planned(archive.plan(document), document, report.changes());
        }
        return new TerraformOutcome(report.outcome(), report.code(), report.terraform(), planned, false);
    }

    private static TerraformStop.@Nullable Reason reason(TerraformReport report) {
        return switch (report.stopped()) {
            case "cancelled" -> TerraformStop.Reason.CANCELLED;
            case "drained" -> TerraformStop.Reason.DRAINED;
            case null, default -> null;
        };
    }

    /**
     * Takes over what an apply had written that was killed, or lost its lease, before it could hand it over.
     *
     * @throws ApiException 404 when that never ran on this runner, 503 while it or another run is at work
     */
    LeftStateAnswer takeOver(RunnerIdentity runner, UUID id, InputStream body) throws IOException {
        Execution execution = executions
                .find(runner.organizationId(), id)
                .filter(found ->
                        found.kind() == Kind.TERRAFORM && found.runner().equals(runner.name()))
                .orElseThrow(() -> ApiException.notFound("execution", id));
        Optional<RunPreparation.Found> found = preparation.find(execution).filter(RunPreparation.Found::isApply);
        if (found.isEmpty()) {
            return new LeftStateAnswer(false, false);
        }
        UUID project = found.get().project().id();
        if (!execution.status().isOver()
                || states.locked(runner.organizationId(), project).isPresent()) {
            throw ApiException.unavailable("Somebody is at work on this state; send it again later.", RETRY_SECONDS);
        }
        String by = found.get().run().creator().email();
        boolean taken = states.recover(runner.organizationId(), project, id, by, body.readAllBytes());
        if (taken) {
            log.warn("took over the state that execution {} had written on the runner {}", id, runner.name());
        }
        boolean known = !taken
                && states.current(runner.organizationId(), project)
                        .filter(version -> id.equals(version.executionId()))
                        .isPresent();
        return new LeftStateAnswer(taken, known);
    }

    private LeasedExecution required(RunnerIdentity runner, HeldLease held) {
        return leases.held(held(runner, held))
                .filter(leased -> leased.execution().kind() == Kind.TERRAFORM)
                .orElseThrow(() -> lost(held));
    }

    private static HeldWork held(RunnerIdentity runner, HeldLease held) {
        return new HeldWork(held.execution(), held.token(), runner.organizationId());
    }

    private static ApiException lost(HeldLease held) {
        return ApiException.conflict(
                "The lease of " + held.execution() + " is over, or somebody else's: stop the run.");
    }
}

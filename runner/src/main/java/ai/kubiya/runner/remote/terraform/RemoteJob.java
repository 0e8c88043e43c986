package ai.kubiya.runner.remote.terraform;

import ai.kubiya.protocol.RunOutcome;
import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.protocol.WorkSource.LeaseLostException;
import ai.kubiya.protocol.remote.HeldLease;
import ai.kubiya.protocol.terraform.TerraformReport;
import ai.kubiya.protocol.terraform.TerraformWork;
import ai.kubiya.runner.Persistence;
import ai.kubiya.runner.output.EventBuffer;
import ai.kubiya.runner.output.SpillFile;
import ai.kubiya.runner.remote.ServerConnection.RefusedException;
import ai.kubiya.runner.terraform.TerraformDriver;
import ai.kubiya.runner.terraform.TerraformJob;
import ai.kubiya.runner.terraform.TerraformJob.Mode;
import ai.kubiya.runner.terraform.TerraformJob.PlanOptions;
import ai.kubiya.runner.terraform.TerraformOutcome;
import ai.kubiya.runner.terraform.TerraformStop;
import ai.kubiya.runner.terraform.TerraformStop.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One plan or apply, from its lease to its report. */
final class RemoteJob {
    private static final Logger log = LoggerFactory.getLogger(RemoteJob.class);
    /** The server decides how long it leaves a silent runner its runs; the runner itself keeps them longer. */
    private static final Duration PATIENCE = Duration.ofHours(24);

    private static final long SPILL_BYTES = 64L << 20;

    private final HeldLease lease;
    private final TerraformCalls calls;
    private final TerraformDriver driver;
    private final JobFolders folders;
    private final Persistence persistence;
    private final TerraformStop stop = new TerraformStop();
    private final Object fetch = new Object();
    private @Nullable Thread fetching;
    private volatile boolean abandoned;
    private volatile @Nullable EventBuffer events;

    RemoteJob(HeldLease lease, TerraformCalls calls, TerraformDriver driver, JobFolders folders) {
        this.lease = lease;
        this.calls = calls;
        this.driver = driver;
        this.folders = folders;
        this.persistence = new Persistence(lease.execution(), PATIENCE);
    }

    HeldLease lease() {
        return lease;
    }

    boolean isStopping() {
        return stop.reason() != null;
    }

    /** Interrupts Terraform, which ends what it is doing. */
    void stop(Reason why) {
        stop.stop(why);
        if (why == Reason.ABANDONED) {
            abandoned = true;
            EventBuffer buffer = events;
            if (buffer != null) {
                buffer.discard();
            }
        }
        synchronized (fetch) {
            if (fetching != null) {
                fetching.interrupt();
            }
        }
    }

    void kill() {
        stop.kill();
    }

    /** Returns when nothing of the run is left to do here. */
    void execute() throws InterruptedException {
        if (stop.reason() == Reason.DRAINED) {
            calls.giveBack(lease);
            return;
        }
        Path folder = null;
        boolean keep = false;
        try {
            switch (persistence.untilTaken("the beginning", () -> calls.begin(lease))) {
                case CONTINUE -> {}
                case CANCEL -> stop(Reason.CANCELLED);
                case ABANDON -> {
                    return;
                }
            }
            folder = folders.create(lease.execution());
            Optional<WorkArchive.Unpacked> unpacked = fetch(folder);
            TerraformWork work = unpacked.map(WorkArchive.Unpacked::work).orElse(null);
            if (work == null) {
                reportNothing(
                        folder, unpacked.map(WorkArchive.Unpacked::problem).orElse(null));
                return;
            }
            if (work.apply()) {
                folders.applies(folder);
                keep = true;
            }
            TerraformOutcome outcome =
                    drive(folder, work, unpacked.get(), new PatientState(calls.state(work.state()), stop));
            // Left where it is, it is offered again.
            keep = outcome.stateUnsaved();
        } catch (LeaseLostException e) {
            log.warn("the run {} is not wanted any more: {}", lease.execution(), e.getMessage());
        } catch (IOException e) {
            log.error("the run {} could not be begun or reported", lease.execution(), e);
        } finally {
            if (folder != null && !keep) {
                folders.remove(folder);
            }
        }
    }

    /** Empty when it was stopped before all was there. */
    private Optional<WorkArchive.Unpacked> fetch(Path folder) throws InterruptedException, IOException {
        synchronized (fetch) {
            if (stop.reason() != null) {
                return Optional.empty();
            }
            fetching = Thread.currentThread();
        }
        try {
            return Optional.of(persistence.untilTaken("the question for its code", () -> {
                folders.remove(folder.resolve("code"));
                return calls.job(lease, folder);
            }));
        } catch (InterruptedException e) {
            if (stop.reason() == null) {
                throw e;
            }
            return Optional.empty();
        } finally {
            synchronized (fetch) {
                fetching = null;
                if (stop.reason() != null) {
                    // That it was stopped is known; the interrupt has done its work.
                    Thread.interrupted();
                }
            }
        }
    }

    private void reportNothing(Path folder, @Nullable String problem) throws IOException, InterruptedException {
        Reason reason = stop.reason();
        TerraformOutcome outcome = reason == null
                ? failed("runner_failed", problem == null ? "the runner failed" : problem)
                : new TerraformOutcome(
                        new RunOutcome(Result.CANCELLED, null, reason.words(), 0, 0, 0), "cancelled", "", null, false);
        report(folder, outcome, null, "");
    }

    private static TerraformOutcome failed(String code, String message) {
        return new TerraformOutcome(new RunOutcome(Result.FAILED, null, message, 0, 0, 0), code, "", null, false);
    }

    private TerraformOutcome drive(Path folder, TerraformWork work, WorkArchive.Unpacked unpacked, PatientState state)
            throws InterruptedException, IOException {
        EventBuffer buffer = new EventBuffer(new SpillFile(folder, lease.execution(), SPILL_BYTES));
        events = buffer;
        Thread sender = Thread.ofVirtual().name("sender").start(() -> send(buffer));
        TerraformOutcome outcome;
        try {
            TerraformJob job = new TerraformJob(
                    folder,
                    work.module(),
                    work.variables(),
                    work.environment(),
                    work.secrets(),
                    work.masked(),
                    new PlanOptions(
                            Mode.valueOf(work.mode().toUpperCase(Locale.ROOT)), work.targets(), work.replaces()),
                    unpacked.plan(),
                    state,
                    work.lock());
            outcome = driver.run(job, buffer, stop);
            buffer.end();
            sender.join();
        } finally {
            buffer.discard();
            sender.interrupt();
        }
        if (!abandoned) {
            tryToReport(folder, outcome, state.lastRead(), work.ticket());
        }
        return outcome;
    }

    private void send(EventBuffer buffer) {
        long next = 1;
        try {
            for (EventBuffer.Batch batch = buffer.take(); ; batch = buffer.take()) {
                if (!batch.events().isEmpty()) {
                    long first = next;
                    EventBuffer.Batch sent = batch;
                    persistence.untilTaken("events", () -> {
                        calls.append(lease, first, sent.events());
                        return true;
                    });
                    next += batch.events().size();
                }
                if (batch.last()) {
                    return;
                }
            }
        } catch (LeaseLostException e) {
            log.warn("stopping {}: {}", lease.execution(), e.getMessage());
            stop(Reason.ABANDONED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the state was saved does not depend on whether anybody hears of it. */
    private void tryToReport(Path folder, TerraformOutcome outcome, PatientState.@Nullable Read read, String ticket)
            throws InterruptedException {
        try {
            report(folder, outcome, read, ticket);
        } catch (LeaseLostException e) {
            log.warn("the outcome of {} is not wanted: {}", lease.execution(), e.getMessage());
        } catch (IOException e) {
            log.error("the outcome of {} could not be written down", lease.execution(), e);
        }
    }

    private void report(Path folder, TerraformOutcome outcome, PatientState.@Nullable Read read, String ticket)
            throws IOException, InterruptedException {
        if (abandoned) {
            return;
        }
        Path file = folder.resolve("report.zip");
        ReportArchive.write(file, report(outcome, read, ticket), outcome.plan());
        Optional<String> refusal = send(file);
        if (refusal.isPresent()) {
            log.error("the server refuses the report of {}: {}", lease.execution(), refusal.get());
            TerraformOutcome failed =
                    failed("report_refused", "the server refuses what the runner reports: " + refusal.get());
            ReportArchive.write(file, report(failed, null, ""), null);
            send(file);
        }
    }

    /** Empty when it was taken. */
    private Optional<String> send(Path file) throws InterruptedException {
        return persistence.untilTaken("the outcome", () -> {
            try {
                calls.report(file);
                return Optional.<String>empty();
            } catch (RefusedException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        });
    }

    private TerraformReport report(TerraformOutcome outcome, PatientState.@Nullable Read read, String ticket) {
        Reason reason = stop.reason();
        TerraformOutcome.Planned planned = outcome.plan();
        return new TerraformReport(
                lease,
                outcome.outcome(),
                outcome.code(),
                reason == null ? null : reason.name().toLowerCase(Locale.ROOT),
                outcome.version(),
                planned != null,
                planned != null && planned.changes(),
                read == null ? null : read.serial(),
                read == null ? null : read.lineage(),
                ticket);
    }
}

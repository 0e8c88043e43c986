package ai.kubiya.runner.terraform;

import ai.kubiya.protocol.RunEvent;
import ai.kubiya.protocol.RunOutcome;
import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.runner.executor.NotStartedException;
import ai.kubiya.runner.executor.RunningTool;
import ai.kubiya.runner.executor.Sandbox;
import ai.kubiya.runner.output.KeptOutput;
import ai.kubiya.runner.output.OutputSink;
import ai.kubiya.runner.output.SecretMask;
import ai.kubiya.runner.terraform.TerraformOutcome.Planned;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One job, from its first command to its last. */
final class TerraformRun {
    private static final Duration STATE_PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOCK_PAUSE = Duration.ofMillis(500);
    private static final int KEPT_ERRORS = 16 * 1024;
    private static final int WITH_CHANGES = 2;

    private final TerraformSettings settings;
    private final Sandbox sandbox;
    private final InstantSource clock;
    private final Path program;
    private final String version;
    private final TerraformPlace place;
    private final TerraformJob job;
    private final OutputSink events;
    private final TerraformStop stop;
    private final SecretMask mask;
    private final KeptOutput output;
    private final long start = System.nanoTime();
    private final StringBuilder errors = new StringBuilder();
    private boolean stateUnsaved;

    TerraformRun(
            TerraformSettings settings,
            Sandbox sandbox,
            InstantSource clock,
            Path program,
            String version,
            TerraformPlace place,
            TerraformJob job,
            OutputSink events,
            TerraformStop stop) {
        this.settings = settings;
        this.sandbox = sandbox;
        this.clock = clock;
        this.program = program;
        this.version = version;
        this.place = place;
        this.job = job;
        this.events = events;
        this.stop = stop;
        List<String> secret = new ArrayList<>(job.secrets().values());
        secret.addAll(job.masked());
        this.mask = SecretMask.of(secret);
        this.output = new KeptOutput(this::heard, clock, settings.limits().outputBytes());
    }

    /** A command that did not do what it should. */
    private static final class Ended extends Exception {
        private static final long serialVersionUID = 1L;

        private final Result result;
        private final @Nullable Integer exitCode;
        private final String code;

        Ended(Result result, @Nullable Integer exitCode, String code, String message) {
            super(message);
            this.result = result;
            this.exitCode = exitCode;
            this.code = code;
        }
    }

    private void heard(RunEvent event) throws InterruptedException {
        if (event instanceof RunEvent.Output text && text.stream().equals("stderr")) {
            synchronized (errors) {
                errors.append(text.content());
                errors.delete(0, Math.max(0, errors.length() - KEPT_ERRORS));
            }
        }
        events.put(event);
    }

    TerraformOutcome run() throws InterruptedException, NotStartedException {
        try {
            place.prepare(job, settings.plugins());
            return job.plan() == null ? planned() : applied();
        } catch (Ended e) {
            return outcome(e.result, e.exitCode, e.code, e.getMessage(), null);
        } catch (IOException e) {
            return outcome(Result.FAILED, null, "runner_failed", "the runner failed: " + e.getMessage(), null);
        }
    }

    private TerraformOutcome planned() throws IOException, Ended, InterruptedException, NotStartedException {
        readState();
        command("init", List.of("init", "-input=false", "-no-color"), true);
        int exitCode = command("plan", place.planWords(job), true);
        // The document can be larger than what is kept in memory of a command's output.
        command("show", List.of("show", "-json", place.seen(TerraformPlace.PLAN)), false);
        Planned plan = new Planned(place.savedPlan(job), place.own(TerraformPlace.DOCUMENT), exitCode == WITH_CHANGES);
        return outcome(Result.COMPLETED, exitCode, null, null, plan);
    }

    /** The serial of what was read; -1 when there is no state. */
    private long readState() throws IOException, InterruptedException {
        Optional<byte[]> state = job.state().read();
        if (state.isEmpty()) {
            return -1;
        }
        TerraformPlace.write(place.own(TerraformPlace.STATE), state.get());
        return StateKeeper.serial(state.get());
    }

    private TerraformOutcome applied() throws IOException, Ended, InterruptedException, NotStartedException {
        lock();
        try {
            long serial = readState();
            command("init", List.of("init", "-input=false", "-no-color"), true);
            int exitCode;
            StateKeeper keeper = new StateKeeper(place.own(TerraformPlace.STATE), job.state(), serial, STATE_PATIENCE);
            try {
                exitCode = command(
                        "apply", List.of("apply", "-input=false", "-no-color", place.seen(TerraformPlace.PLAN)), true);
            } finally {
                finish(keeper);
            }
            return outcome(Result.COMPLETED, exitCode, null, null, null);
        } finally {
            unlock();
        }
    }

    private void finish(StateKeeper keeper) throws InterruptedException, Ended {
        try {
            keeper.finish();
        } catch (IOException e) {
            stateUnsaved = true;
            throw new Ended(
                    Result.FAILED,
                    null,
                    "state_unsaved",
                    "Terraform changed things and its state could not be saved; it is kept on the runner: "
                            + e.getMessage());
        }
    }

    private void lock() throws IOException, Ended, InterruptedException {
        long begun = System.nanoTime();
        boolean said = false;
        while (true) {
            Optional<String> holder = job.state().lock(job.lock());
            if (holder.isEmpty()) {
                return;
            }
            TerraformStop.Reason reason = stop.reason();
            if (reason != null) {
                throw new Ended(Result.CANCELLED, null, "cancelled", reason.words());
            }
            if (System.nanoTime() - begun > LOCK_PATIENCE.toNanos()) {
                throw new Ended(Result.FAILED, null, "state_locked", holder.get());
            }
            if (!said) {
                said = true;
                say(holder.get() + "; waiting for it\n");
            }
            Thread.sleep(LOCK_PAUSE);
        }
    }

    private void unlock() throws InterruptedException {
        try {
            job.state().unlock();
        } catch (IOException e) {
            // It ends with the execution.
            say("the lock of the state could not be given back now: " + e.getMessage() + "\n");
        }
    }

    private void say(String text) throws InterruptedException {
        events.put(new RunEvent.Output(clock.instant(), "stdout", mask.mask(text)));
    }

    /** Runs a command; its exit code when that is a good one. */
    private int command(String name, List<String> words, boolean shown)
            throws Ended, InterruptedException, NotStartedException {
        TerraformStop.Reason reason = stop.reason();
        if (reason != null) {
            throw new Ended(Result.CANCELLED, null, "cancelled", reason.words());
        }
        if (shown) {
            say("> terraform " + String.join(" ", words) + "\n");
        }
        synchronized (errors) {
            errors.setLength(0);
        }
        List<String> all = new ArrayList<>();
        if (!shown) {
            all.addAll(List.of("/bin/sh", "-c", "exec \"$@\" > \"$0\"", place.seen(TerraformPlace.DOCUMENT)));
        }
        all.addAll(List.of(program.toString(), "-chdir=" + place.seenModule(job.module())));
        all.addAll(words);
        try (RunningTool tool = sandbox.open(place.command(all, job, program, settings))) {
            long deadline = start + settings.limits().timeout().toNanos();
            TerraformCommand.End end = new TerraformCommand(tool, stop, deadline, settings.limits(), settings.grace())
                    .attend(mask, output);
            return require(name, end);
        }
    }

    private int require(String name, TerraformCommand.End end) throws Ended {
        if (end.stoppedBy() != null) {
            String words = end.message() == null ? "it was stopped" : end.message();
            String code = end.stoppedBy().name().toLowerCase(Locale.ROOT);
            throw new Ended(end.stoppedBy(), end.exitCode(), code, "terraform " + name + ": " + words);
        }
        if (end.exitCode() == 0 || (name.equals("plan") && end.exitCode() == WITH_CHANGES)) {
            return end.exitCode();
        }
        if (end.message() != null) {
            throw new Ended(Result.NOT_STARTED, null, "not_started", end.message() + said());
        }
        Complaint complaint = Complaint.of(said(), name, end.exitCode());
        throw new Ended(Result.FAILED, end.exitCode(), complaint.code(), complaint.message());
    }

    private String said() {
        synchronized (errors) {
            return errors.toString();
        }
    }

    private TerraformOutcome outcome(
            Result result,
            @Nullable Integer exitCode,
            @Nullable String code,
            @Nullable String message,
            @Nullable Planned plan) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        RunOutcome outcome = new RunOutcome(
                result,
                exitCode,
                message == null ? null : mask.mask(message),
                millis,
                output.printedBytes(),
                output.droppedBytes());
        return new TerraformOutcome(outcome, code, version, plan, stateUnsaved);
    }
}

package ai.kubiya.runner.terraform;

import ai.kubiya.protocol.RunOutcome;
import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.runner.executor.Captured;
import ai.kubiya.runner.executor.NotStartedException;
import ai.kubiya.runner.executor.Sandbox;
import ai.kubiya.runner.executor.SandboxCommand;
import ai.kubiya.runner.output.OutputSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plans and applies with the Terraform that is installed here, in the sandbox where there is one. */
public final class TerraformDriver {
    private static final Pattern VERSION = Pattern.compile("\"terraform_version\":\\s*\"([^\"]+)\"");

    private final TerraformSettings settings;
    private final Sandbox sandbox;
    private final InstantSource clock;
    private volatile @Nullable Known known;

    /** A program whose version was asked for, as it was then. */
    private record Known(Path program, long modified, String version) {}

    public TerraformDriver(TerraformSettings settings, Sandbox sandbox, InstantSource clock) {
        this.settings = settings;
        this.sandbox = sandbox;
        this.clock = clock;
    }

    /**
     * Does a job. What it prints goes to {@code events}, masked; the rest is in the outcome and in the job's folder,
     * which stays.
     */
    public TerraformOutcome run(TerraformJob job, OutputSink events, TerraformStop stop) throws InterruptedException {
        String version = "";
        try {
            Path program = TerraformProgram.find(settings);
            version = version(program);
            TerraformPlace place = new TerraformPlace(job.folder(), !sandbox.isOnHost());
            return new TerraformRun(settings, sandbox, clock, program, version, place, job, events, stop).run();
        } catch (NotStartedException e) {
            return failed(version, e.getMessage());
        } catch (IOException e) {
            return failed(version, "Terraform cannot be started: " + e.getMessage());
        }
    }

    /** The newest whole state in the folder of a job whose process was killed; empty when it wrote none. */
    public static Optional<byte[]> leftState(Path folder) {
        return StateKeeper.left(folder);
    }

    private static TerraformOutcome failed(String version, @Nullable String message) {
        RunOutcome outcome = new RunOutcome(Result.NOT_STARTED, null, message, 0, 0, 0);
        return new TerraformOutcome(outcome, "not_started", version, null, false);
    }

    private String version(Path program) throws IOException, NotStartedException, InterruptedException {
        long modified = Files.getLastModifiedTime(program).toMillis();
        Known last = known;
        if (last != null && last.program().equals(program) && last.modified() == modified) {
            return last.version();
        }
        SandboxCommand ask = SandboxCommand.of(program.toString(), "version", "-json")
                .withEnvironment(Map.of("CHECKPOINT_DISABLE", "1"));
        if (!Sandbox.shows(program)) {
            ask = ask.withReadOnly(Map.of(program, program.toString()));
        }
        Captured answer = sandbox.capture(ask);
        Matcher version = VERSION.matcher(answer.stdout());
        if (answer.exitCode() != 0 || !version.find()) {
            throw new NotStartedException(
                    program + " does not say its version: " + answer.stderr().strip());
        }
        known = new Known(program, modified, version.group(1));
        return version.group(1);
    }
}

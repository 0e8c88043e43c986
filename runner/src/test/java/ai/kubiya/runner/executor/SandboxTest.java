package ai.kubiya.runner.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.runner.testing.TestRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {
    private static final RunLimits LIMITS = new RunLimits(Duration.ofSeconds(20), 128L << 20, 32, 16L << 20, 1000);

    @TempDir
    Path state;

    @TempDir
    Path shown;

    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = new Sandbox(ExecutorConfig.of(state), TestRunner.LAUNCHER);
    }

    @Test
    void givesACommandItsInputItsFilesAndItsVariables() throws Exception {
        Files.writeString(shown.resolve("module.py"), "NAME = 'shown'");
        var command = SandboxCommand.of(
                        "python3",
                        "-c",
                        "import os, sys, module; print(module.NAME, sys.stdin.read(), os.environ['X'])")
                .withReadOnly(Map.of(shown, "/project"))
                .withEnvironment(Map.of("X", "x", "PYTHONPATH", "/project"))
                .withStdin("typed");

        var answer = sandbox.capture(command);

        assertThat(answer.stderr()).isEmpty();
        assertThat(answer.stdout()).isEqualTo("shown typed x\n");
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.stoppedBy()).isNull();
    }

    @Test
    void keepsTheStartOfTheOutputAndTheEndOfTheErrors() throws Exception {
        var answer =
                sandbox.capture(SandboxCommand.of("sh", "-c", "seq 1 10000; seq 1 100000 >&2; echo last >&2; exit 4")
                        .withLimits(LIMITS));

        assertThat(answer.stdout()).hasSize(1000).startsWith("1\n2\n");
        assertThat(answer.stdoutComplete()).isFalse();
        assertThat(answer.stderr()).endsWith("\nlast\n").hasSize(64 * 1024);
        assertThat(answer.exitCode()).isEqualTo(4);
    }

    @Test
    void tellsWhichLimitStoppedIt() throws Exception {
        var answer = sandbox.capture(
                SandboxCommand.of("sleep", "1000").withLimits(LIMITS.withTimeout(Duration.ofMillis(200))));

        assertThat(Objects.requireNonNull(answer.stoppedBy()).result()).isEqualTo(Result.TIMED_OUT);
    }

    @Test
    void canBeUsedByAProcessTreeThatForgetsItsParent() throws Exception {
        var answer = sandbox.capture(SandboxCommand.of("sh", "-c", "setsid sleep 4751 & echo out"));

        assertThat(answer.stdout()).isEqualTo("out\n");
    }

    @Test
    void showsNothingOfAHiddenDirectory() throws Exception {
        var config = ExecutorConfig.of(state);
        Path hidden = Path.of("/usr/share/doc");
        var hiding = new Sandbox(config.withHidden(List.of(hidden)), TestRunner.LAUNCHER);

        assertThat(hiding.capture(SandboxCommand.of("ls", hidden.toString())).stdout())
                .isEmpty();
    }

    @Test
    void inheritsNoOpenFilesAndNoPrivileges() throws Exception {
        var answer = sandbox.capture(SandboxCommand.of(
                "sh", "-c", "ls /proc/self/fd | wc -l; grep CapBnd /proc/self/status; unshare --user true || echo no"));

        // Input, output, errors, and the directory that ls itself reads.
        assertThat(answer.stdout()).isEqualTo("4\nCapBnd:\t0000000000000000\nno\n");
    }

    @Test
    void saysWhatToInstall() {
        var missing = new Sandbox(ExecutorConfig.of(state).withPath("/nowhere"), TestRunner.LAUNCHER);

        assertThatThrownBy(() -> missing.capture(SandboxCommand.of("true")))
                .isInstanceOf(NotStartedException.class)
                .hasMessageContaining("install bubblewrap");
    }

    @Test
    void fallsBackToTheHostOnlyWhereThatIsAllowed() throws Exception {
        var config = ExecutorConfig.of(state).withPath("/nowhere").withAllowHost(true);
        var onHost = new Sandbox(config, TestRunner.LAUNCHER);
        Files.writeString(shown.resolve("file"), "in its place");

        var command = SandboxCommand.of("sh", "-c", "cat " + shown + "/file; cat; sleep 4752 &");
        var answer = onHost.capture(
                command.withReadOnly(Map.of(shown, shown.toString())).withStdin(" and typed"));
        assertThat(answer.stdout()).isEqualTo("in its place and typed");

        assertThatThrownBy(() -> onHost.capture(command.withReadOnly(Map.of(shown, "/elsewhere"))))
                .isInstanceOf(NotStartedException.class)
                .hasMessageContaining("/elsewhere");
    }
}

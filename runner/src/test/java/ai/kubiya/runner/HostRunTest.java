package ai.kubiya.runner;

import static ai.kubiya.runner.testing.Runs.script;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.runner.executor.Choice;
import ai.kubiya.runner.executor.ExecutorConfig;
import ai.kubiya.runner.testing.TestRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostRunTest {
    @TempDir
    Path state;

    @Test
    void refusesTheHostUnlessItIsAllowed() throws Exception {
        try (var runner = new TestRunner(ExecutorConfig.of(state).withChoice(Choice.HOST))) {
            var run = runner.run(script("true"));

            assertThat(run.result()).isEqualTo(Result.NOT_STARTED);
            assertThat(run.message()).contains("KUBIYA_ALLOW_HOST_EXECUTION");
        }
    }

    @Test
    void saysWhatToInstallWhenThereIsNoIsolation() throws Exception {
        try (var runner = new TestRunner(ExecutorConfig.of(state).withPath("/nowhere"))) {
            var run = runner.run(script("true"));

            assertThat(run.result()).isEqualTo(Result.NOT_STARTED);
            assertThat(run.message()).contains("install bubblewrap");
        }
    }

    @Test
    void fallsBackToTheHostWhereThatIsAllowed() throws Exception {
        try (var runner =
                new TestRunner(ExecutorConfig.of(state).withPath("/nowhere").withAllowHost(true))) {
            var run = runner.run(
                    script("cat ~/f; [ -z \"$JAVA_HOME\" ] && echo clean").file("~/f", "file\n"));

            assertThat(run.text()).isEqualTo("file\nclean\n");
        }
    }

    @Test
    void keepsWhatShortToolsPrintedLast() throws Exception {
        try (var runner = onHost()) {
            // Each often ends before its output is read.
            for (int i = 0; i < 100; i++) {
                var run = runner.run(script("echo out; echo err >&2"));

                assertThat(run.result()).isEqualTo(Result.COMPLETED);
                assertThat(run.text().lines()).containsExactlyInAnyOrder("out", "err");
            }
        }
    }

    @Test
    void placesNoFileOutsideTheRun() throws Exception {
        try (var runner = onHost()) {
            var run = runner.run(script("true").file("/etc/motd", "x"));

            assertThat(run.result()).isEqualTo(Result.NOT_STARTED);
            assertThat(run.message()).contains("/etc/motd");
        }
    }

    @Test
    void endsWithItsMainProcessAndTakesDaemonsWithIt() throws Exception {
        try (var runner = onHost()) {
            var run = runner.run(script("setsid sleep 4731 & echo done").timeout(Duration.ofSeconds(20)));

            assertThat(run.result()).isEqualTo(Result.COMPLETED);
            assertThat(CommandLines.all()).noneMatch(line -> line.contains("sleep 4731"));
        }
    }

    @Test
    void cancelsAToolThatIgnoresSignalsAndItsDaemons() throws Exception {
        try (var runner = onHost()) {
            UUID id = runner.enqueue(script("trap '' TERM; (setsid sleep 4732 &); echo up; while :; do sleep 1; done"));
            runner.source.printed(id, "up");

            runner.runner.cancelNow(id);

            assertThat(runner.source.finished(id).result()).isEqualTo(Result.CANCELLED);
            assertThat(CommandLines.all()).noneMatch(line -> line.contains("sleep 4732"));
        }
    }

    private TestRunner onHost() {
        return new TestRunner(ExecutorConfig.of(state).withChoice(Choice.HOST).withAllowHost(true));
    }
}

package ai.kubiya.runner;

import static ai.kubiya.runner.testing.Runs.script;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.runner.executor.Choice;
import ai.kubiya.runner.executor.ExecutorConfig;
import ai.kubiya.runner.testing.TestRunner;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    private static final RunLimits LIMITS = new RunLimits(Duration.ofSeconds(30), 64L << 20, 32, 16L << 20, 1L << 20);
    private static final String MEMORY_EATER = "python3 -c \"x=[]\nwhile True: x.append(b'x' * 1000000)\"";
    private static final String FORK_BOMB = "while :; do sleep 100 & done";

    @TempDir
    Path state;

    private TestRunner runner;

    @BeforeEach
    void start() {
        runner = new TestRunner(ExecutorConfig.of(state).withChoice(Choice.SANDBOX));
    }

    @AfterEach
    void stop() {
        runner.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stopsAMemoryEater(boolean cgroups) throws Exception {
        watchOnly(!cgroups);
        var run = runner.run(script(MEMORY_EATER).limits(LIMITS));

        assertThat(run.result()).isEqualTo(Result.OUT_OF_MEMORY);
        assertThat(run.message()).contains("64 MiB of memory");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stopsAForkBomb(boolean cgroups) throws Exception {
        watchOnly(!cgroups);
        var run = runner.run(script(FORK_BOMB).limits(LIMITS));

        assertThat(run.result()).isEqualTo(Result.TOO_MANY_PROCESSES);
        assertThat(run.message()).contains("32 processes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tmp", "/workspace", "/home/tool", "/dev/shm"})
    void stopsADiskFiller(String place) throws Exception {
        var run = runner.run(
                script("dd if=/dev/zero of=" + place + "/fill bs=1M count=200").limits(LIMITS));

        assertThat(run.result()).isEqualTo(Result.OUT_OF_DISK);
        assertThat(run.message()).contains("16 MiB to disk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"while :; do :; done", "sleep 1000"})
    void stopsWhatDoesNotEnd(String content) throws Exception {
        var run = runner.run(script(content).limits(LIMITS.withTimeout(Duration.ofMillis(300))));

        assertThat(run.result()).isEqualTo(Result.TIMED_OUT);
        assertThat(run.message()).contains("0.3 s");
    }

    private void watchOnly(boolean only) {
        if (only) {
            runner.close();
            runner = new TestRunner(
                    ExecutorConfig.of(state).withChoice(Choice.SANDBOX).withCgroups(false));
        }
    }
}

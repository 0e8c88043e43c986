package ai.kubiya.runner;

import static ai.kubiya.runner.testing.Runs.script;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.protocol.RunEvent;
import ai.kubiya.protocol.RunLimits;
import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.runner.executor.Choice;
import ai.kubiya.runner.executor.ExecutorConfig;
import ai.kubiya.runner.testing.TestRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputRunTest {
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

    @Test
    void keepsEveryLineOfAChattyToolInOrder() throws Exception {
        var run = runner.run(script("seq 1 100000"));

        String expected =
                IntStream.rangeClosed(1, 100_000).mapToObj(i -> i + "\n").collect(Collectors.joining());
        assertThat(run.text().equals(expected)).isTrue();
        assertThat(run.events())
                .filteredOn(RunEvent.Output.class::isInstance)
                .allMatch(event -> ((RunEvent.Output) event).content().endsWith("\n"));
    }

    @Test
    void showsThePartOfALineBeforeTheToolGoesOn() throws Exception {
        UUID id = runner.enqueue(script("printf 'name: '; sleep 1000"));

        assertThat(runner.source.printed(id, "name: ").text()).isEqualTo("name: ");
    }

    @Test
    void survivesBinaryOutput() throws Exception {
        var run = runner.run(script("printf '\\377\\000\\303'; head -c 300000 /dev/urandom; printf 'end\\n'"));

        assertThat(run.result()).isEqualTo(Result.COMPLETED);
        assertThat(run.text()).startsWith("\uFFFD\uFFFD").endsWith("end\n").doesNotContain("\0");
    }

    @Test
    void keepsTheFirstOutputAndCountsTheRest() throws Exception {
        RunLimits limits = new RunLimits(Duration.ofSeconds(30), 256L << 20, 64, 32L << 20, 1000);
        var run = runner.run(
                script("for i in $(seq 1000); do echo 0123456789; done").limits(limits));

        assertThat(run.text()).hasSize(1000);
        assertThat(run.warnings()).containsExactly("output_truncated");
        assertThat(run.outcome().outputBytes()).isEqualTo(11_000);
        assertThat(run.outcome().droppedBytes()).isEqualTo(10_000);
        assertThat(run.result()).isEqualTo(Result.COMPLETED);
    }
}

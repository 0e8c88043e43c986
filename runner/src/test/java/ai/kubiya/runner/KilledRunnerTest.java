package ai.kubiya.runner;

import static ai.kubiya.runner.testing.Runs.script;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.runner.executor.Choice;
import ai.kubiya.runner.executor.ExecutorConfig;
import ai.kubiya.runner.testing.TestRunner;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledRunnerTest {
    private static final String TOOL = "trap '' TERM; (setsid sleep 4741 &); echo up; sleep 4742";

    @TempDir
    Path state;

    @Test
    void takesItsToolsAlongWhenItIsKilled() throws Exception {
        Process runner = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRunnerTest.class.getName(),
                        state.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        while (!"up".equals(runner.inputReader().readLine())) {
            assertThat(runner.isAlive()).isTrue();
        }
        assertThat(sleepers()).isEqualTo(2);

        runner.destroyForcibly().waitFor();

        while (sleepers() > 0) {
            Thread.sleep(10);
        }
    }

    private static long sleepers() {
        return CommandLines.all().stream()
                .filter(line -> line.startsWith("sleep 474"))
                .count();
    }

    /** The runner that is killed. */
    static void main(String[] arguments) throws Exception {
        var runner = new TestRunner(ExecutorConfig.of(Path.of(arguments[0])).withChoice(Choice.SANDBOX));
        UUID id = runner.enqueue(script(TOOL));
        runner.source.printed(id, "up");
        while (sleepers() < 2) {
            Thread.sleep(10);
        }
        System.out.println("up");
        Thread.sleep(Long.MAX_VALUE);
    }
}

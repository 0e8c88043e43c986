package ai.kubiya.runner.testing;

import ai.kubiya.runner.Runner;
import ai.kubiya.runner.RunnerConfig;
import ai.kubiya.runner.executor.ExecutorChoice;
import ai.kubiya.runner.executor.ExecutorConfig;
import ai.kubiya.runner.executor.ProcessLauncher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/** A runner with its scripted server. Content is not a template here. */
public final class TestRunner implements AutoCloseable {
    public static final ProcessLauncher LAUNCHER = new ProcessLauncher();

    public final ScriptedWorkSource source = new ScriptedWorkSource();
    public final Runner runner;

    public TestRunner(ExecutorConfig config) {
        runner = new Runner(
                source,
                RunnerConfig.DEFAULT.withHeartbeat(Duration.ofMillis(100)),
                new ExecutorChoice(config, LAUNCHER),
                InstantSource.system());
        runner.start();
    }

    public UUID enqueue(Runs run) {
        return source.enqueue(run.build());
    }

    public ScriptedWorkSource.Received run(Runs run) throws InterruptedException, TimeoutException {
        return source.finished(enqueue(run));
    }

    @Override
    public void close() {
        runner.close();
    }
}

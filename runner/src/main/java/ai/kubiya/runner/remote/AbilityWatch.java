package ai.kubiya.runner.remote;

import ai.kubiya.runner.executor.ExecutorChoice;
import java.time.Duration;

/** Looks now and then where tools can run: asking a container engine may take seconds, a heartbeat must not. */
final class AbilityWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final ExecutorChoice executors;
    private final Thread thread = Thread.ofVirtual().name("abilities").unstarted(this::run);
    private volatile ExecutorChoice.Ability ability;

    AbilityWatch(ExecutorChoice executors) {
        this.executors = executors;
        this.ability = executors.ability();
        thread.start();
    }

    ExecutorChoice.Ability now() {
        return ability;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                ability = executors.ability();
            }
        } catch (InterruptedException closed) {
            // The program ends.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}

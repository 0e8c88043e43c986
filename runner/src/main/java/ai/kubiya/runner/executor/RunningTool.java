package ai.kubiya.runner.executor;

import ai.kubiya.runner.limit.LimitHit;
import java.util.Optional;

/** A tool that was started, until it is closed. */
public interface RunningTool extends AutoCloseable {

    /** The process whose streams are the tool's and which ends with it. */
    Process process();

    /** The limit it has crossed by now. */
    Optional<LimitHit> check();

    /** The limit that ended it, when that can still be seen; {@code diskFull} when it said that it met a full disk. */
    Optional<LimitHit> checkAfterEnd(boolean diskFull);

    /** Why the tool itself never ran although its isolation was started; asked after the end. */
    Optional<String> startFailure(int exitCode);

    /** Asks the tool to end. */
    void terminate();

    /** Asks its main process alone to end: one that takes care of what it started itself. */
    default void interrupt() {
        // Containers get signals for their main process alone.
        terminate();
    }

    /** Ends the tool and everything it started. Nothing of it runs when this returns or soon after. */
    void kill();

    /** Gives back what the run took; kills what is left of it. */
    @Override
    void close();
}

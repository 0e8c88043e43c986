package ai.kubiya.runner.executor;

/** A kind of isolation in which tools run. */
public interface Executor {

    /** The word for it in events. */
    String name();

    /** False when it has nothing but the host's programs. */
    default boolean runsImages() {
        return false;
    }

    RunningTool start(Job job) throws NotStartedException, InterruptedException;
}

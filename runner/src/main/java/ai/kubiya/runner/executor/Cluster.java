package ai.kubiya.runner.executor;

/** A place for runs that is no part of this machine. */
public interface Cluster extends Executor {

    /** Why nothing can be run there now; empty when it can, as far as can be told without running something. */
    String problem();

    /** Removes what a runner of this name left there when it was killed. */
    void removeLeftovers();
}

package ai.kubiya.runner.output;

import ai.kubiya.protocol.RunEvent;

/** Takes events in order and makes the giver wait while it is full. */
@FunctionalInterface
public interface OutputSink {
    void put(RunEvent event) throws InterruptedException;
}

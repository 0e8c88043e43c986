package ai.kubiya.runner;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a runner works.
 *
 * @param concurrency runs at one time
 * @param leaseWait how long one question for work may wait for an answer
 * @param heartbeat time between two signs of life of a run; several must fit into a lease
 * @param patience how long the server may be away before a run is given up
 * @param terminationGrace what a tool gets between being asked to end and being killed
 * @param spill where output waits that memory has no room for while the server is away; null = the tool waits
 */
public record RunnerConfig(
        int concurrency,
        Duration leaseWait,
        Duration heartbeat,
        Duration patience,
        Duration terminationGrace,
        @Nullable Spill spill) {

    /**
     * A folder for output that waits.
     *
     * @param bytes that one run may keep there
     */
    public record Spill(Path folder, long bytes) {}

    /** 16 runs at one time, a heartbeat every 5 s, 10 minutes of patience, 1 s to end. */
    public static final RunnerConfig DEFAULT = new RunnerConfig(
            16, Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofSeconds(1), null);

    public RunnerConfig withConcurrency(int runs) {
        return new RunnerConfig(runs, leaseWait, heartbeat, patience, terminationGrace, spill);
    }

    public RunnerConfig withLeaseWait(Duration wait) {
        return new RunnerConfig(concurrency, wait, heartbeat, patience, terminationGrace, spill);
    }

    public RunnerConfig withHeartbeat(Duration every) {
        return new RunnerConfig(concurrency, leaseWait, every, patience, terminationGrace, spill);
    }

    public RunnerConfig withPatience(Duration time) {
        return new RunnerConfig(concurrency, leaseWait, heartbeat, time, terminationGrace, spill);
    }

    public RunnerConfig withTerminationGrace(Duration time) {
        return new RunnerConfig(concurrency, leaseWait, heartbeat, patience, time, spill);
    }

    public RunnerConfig withSpill(Spill where) {
        return new RunnerConfig(concurrency, leaseWait, heartbeat, patience, terminationGrace, where);
    }
}

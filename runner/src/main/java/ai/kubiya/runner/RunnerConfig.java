package ai.kubiya.runner;

import java.time.Duration;

/**
 * How a runner works.
 *
 * @param concurrency runs at one time
 * @param leaseWait how long one question for work may wait for an answer
 * @param heartbeat time between two signs of life of a run; several must fit into a lease
 * @param patience how long the server may be away before a run is given up
 * @param terminationGrace what a tool gets between being asked to end and being killed
 */
public record RunnerConfig(
        int concurrency, Duration leaseWait, Duration heartbeat, Duration patience, Duration terminationGrace) {

    /** 16 runs at one time, a heartbeat every 5 s, 10 minutes of patience, 1 s to end. */
    public static final RunnerConfig DEFAULT = new RunnerConfig(
            16, Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofSeconds(1));

    public RunnerConfig withConcurrency(int runs) {
        return new RunnerConfig(runs, leaseWait, heartbeat, patience, terminationGrace);
    }

    public RunnerConfig withLeaseWait(Duration wait) {
        return new RunnerConfig(concurrency, wait, heartbeat, patience, terminationGrace);
    }

    public RunnerConfig withHeartbeat(Duration every) {
        return new RunnerConfig(concurrency, leaseWait, every, patience, terminationGrace);
    }

    public RunnerConfig withPatience(Duration time) {
        return new RunnerConfig(concurrency, leaseWait, heartbeat, time, terminationGrace);
    }

    public RunnerConfig withTerminationGrace(Duration time) {
        return new RunnerConfig(concurrency, leaseWait, heartbeat, patience, time);
    }
}

package ai.kubiya.protocol;

import java.time.Duration;

/**
 * What one run may use at most; crossing a limit stops the run and its {@link RunOutcome} names the limit.
 *
 * @param timeout wall-clock time from start to end
 * @param memoryBytes memory of all its processes together
 * @param processes processes and threads at one time
 * @param diskBytes what it may write outside its volumes
 * @param outputBytes output kept; what comes after is counted and dropped, the run goes on
 */
public record RunLimits(Duration timeout, long memoryBytes, int processes, long diskBytes, long outputBytes) {
    /** 5 minutes, 1 GiB of memory, 256 processes, 1 GiB of disk, 16 MiB of output. */
    public static final RunLimits DEFAULT = new RunLimits(Duration.ofMinutes(5), 1L << 30, 256, 1L << 30, 16L << 20);

    public RunLimits withTimeout(Duration other) {
        return new RunLimits(other, memoryBytes, processes, diskBytes, outputBytes);
    }
}

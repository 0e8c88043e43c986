package ai.kubiya.runner.limit;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.protocol.RunOutcome.Result;
import java.util.Locale;

/** A limit that a run crossed. */
public record LimitHit(Result result, String message) {

    public static LimitHit time(RunLimits limits) {
        return new LimitHit(
                Result.TIMED_OUT,
                "stopped: it ran for longer than " + limits.timeout().toMillis() / 1000.0 + " s");
    }

    public static LimitHit memory(RunLimits limits) {
        return new LimitHit(
                Result.OUT_OF_MEMORY, "stopped: it used more than " + size(limits.memoryBytes()) + " of memory");
    }

    public static LimitHit processes(RunLimits limits) {
        return new LimitHit(
                Result.TOO_MANY_PROCESSES,
                "stopped: it started more than " + limits.processes() + " processes and threads");
    }

    public static LimitHit disk(RunLimits limits) {
        return new LimitHit(Result.OUT_OF_DISK, "stopped: it wrote more than " + size(limits.diskBytes()) + " to disk");
    }

    private static String size(long bytes) {
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        String format = value == Math.rint(value) ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, format, value, units[unit]);
    }
}

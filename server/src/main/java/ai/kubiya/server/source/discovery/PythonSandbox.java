package ai.kubiya.server.source.discovery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs a command that imports code nobody has read: without a network, with nothing but the given folders in sight, and
 * with every process of it gone when it returns.
 */
public interface PythonSandbox {

    /**
     * @param command program and arguments; paths are those of the values of {@code readOnlyBinds}
     * @param readOnlyBinds folders of this machine and where the command sees them. An implementation that cannot move
     *     folders may be given the same path on both sides
     * @param stdin all of the input
     * @param memoryBytes what all its processes may use together
     * @throws java.io.UncheckedIOException when the program is not there or cannot be started
     */
    Result run(List<String> command, Map<Path, String> readOnlyBinds, byte[] stdin, Duration timeout, long memoryBytes);

    /**
     * @param exitCode of the command; meaningless unless {@code stopped} is {@code NOTHING}
     * @param stdout what was written until it ended, whatever ended it
     * @param stderrTail the last few KiB
     */
    // Read once and thrown away: nobody compares results, and a copy of the output would buy nothing.
    @SuppressWarnings("ArrayRecordComponent")
    record Result(int exitCode, byte[] stdout, String stderrTail, Stopped stopped) {}

    /** What ended the command. */
    enum Stopped {
        NOTHING,
        TIMEOUT,
        MEMORY,
        OUTPUT
    }
}

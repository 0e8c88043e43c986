package ai.kubiya.runner.executor;

import ai.kubiya.protocol.RunLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A command to run in the sandbox.
 *
 * @param environment variables beyond PATH, HOME, LANG and TMPDIR
 * @param readOnly host paths to show, and where; a file or a directory with all below it
 * @param writable host directories to show, and where
 * @param stdin what the command reads, as UTF-8
 * @param network whether it shares the host's network; otherwise it has none
 */
public record SandboxCommand(
        List<String> command,
        Map<String, String> environment,
        Map<Path, String> readOnly,
        Map<Path, String> writable,
        String stdin,
        RunLimits limits,
        boolean network) {

    public static SandboxCommand of(String... command) {
        return new SandboxCommand(List.of(command), Map.of(), Map.of(), Map.of(), "", RunLimits.DEFAULT, false);
    }

    public SandboxCommand withEnvironment(Map<String, String> variables) {
        return new SandboxCommand(command, variables, readOnly, writable, stdin, limits, network);
    }

    public SandboxCommand withReadOnly(Map<Path, String> paths) {
        return new SandboxCommand(command, environment, paths, writable, stdin, limits, network);
    }

    public SandboxCommand withWritable(Map<Path, String> paths) {
        return new SandboxCommand(command, environment, readOnly, paths, stdin, limits, network);
    }

    public SandboxCommand withStdin(String text) {
        return new SandboxCommand(command, environment, readOnly, writable, text, limits, network);
    }

    public SandboxCommand withLimits(RunLimits other) {
        return new SandboxCommand(command, environment, readOnly, writable, stdin, other, network);
    }

    public SandboxCommand withNetwork(boolean shared) {
        return new SandboxCommand(command, environment, readOnly, writable, stdin, limits, shared);
    }

    /** Never prints values: some are secrets. */
    @Override
    public String toString() {
        return "SandboxCommand" + command;
    }
}

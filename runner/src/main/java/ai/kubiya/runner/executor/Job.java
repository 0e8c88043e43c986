package ai.kubiya.runner.executor;

import ai.kubiya.protocol.ToolRun;
import java.util.Map;
import java.util.UUID;

/**
 * A run ready to be started.
 *
 * @param content the rendered content
 * @param environment everything the tool's environment has beyond what its isolation gives
 */
public record Job(UUID executionId, ToolRun run, String content, Map<String, String> environment) {

    /** Never prints values: some are secrets. */
    @Override
    public String toString() {
        return "Job[" + executionId + ", " + run + "]";
    }
}

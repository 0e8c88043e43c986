package ai.kubiya.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a tool, complete: a runner needs nothing else to execute it. Collections are never null.
 *
 * @param tool the tool's name, for messages
 * @param type {@code docker}, {@code script} or {@code python}; decides how {@code content} is started when it has no
 *     {@code #!} line: {@code python} with python3, the others with the shell
 * @param image the container image the tool asks for, or null
 * @param content the tool's script, a template over the arguments (see {@code docs/security.md})
 * @param entrypoint a program and its arguments to start instead of the shell; the script's path is appended, or the
 *     script itself when the last element is {@code -c}
 * @param declared the arguments that the tool declares; only their names are substituted in {@code content}
 * @param arguments the values sent, already checked against {@code declared}, with defaults filled in
 * @param environment plain environment variables
 * @param secrets environment variables whose values must never be seen in output
 * @param files files to place before the start
 * @param volumes directories that the tool keeps between runs
 * @param services companion containers, only where an engine runs containers
 * @param onStart script to run in the same place before the content, or null
 * @param network whether the tool may reach the network; null = what its isolation gives by default: a container has a
 *     network of its own, a sandbox has none (it could only share the host's, loopback included)
 * @param limits what the run may use at most
 * @param requireContainer refuse to run an image outside a container engine
 */
public record ToolRun(
        String tool,
        String type,
        @Nullable String image,
        String content,
        List<String> entrypoint,
        List<ToolArgument> declared,
        Map<String, JsonNode> arguments,
        Map<String, String> environment,
        Map<String, String> secrets,
        List<RunFile> files,
        List<RunVolume> volumes,
        List<RunService> services,
        @Nullable String onStart,
        @Nullable Boolean network,
        RunLimits limits,
        boolean requireContainer) {

    /** Never prints secret values. */
    @Override
    public String toString() {
        return "ToolRun[" + tool + "]";
    }
}

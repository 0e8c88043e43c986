package ai.kubiya.runner.executor;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where tools may run on this machine.
 *
 * @param choice what the operator wants
 * @param allowHost tools may run as bare processes, with all the rights of this process
 * @param state a directory of this runner alone: scripts of current runs, volumes
 * @param node the name by which a restarted runner knows the containers it left behind
 * @param engineArguments put between the container engine's program and its command, such as {@code --runtime runc}
 * @param hidden directories that no tool may see, wherever they are
 * @param cgroups limit memory and processes through cgroups where this process may make some
 * @param path where programs of the host are looked for
 * @param cluster connects the runner of this name to its cluster, for {@link Choice#KUBERNETES}; null = there is none
 */
public record ExecutorConfig(
        Choice choice,
        boolean allowHost,
        Path state,
        String node,
        List<String> engineArguments,
        List<Path> hidden,
        boolean cgroups,
        String path,
        @Nullable Function<String, Cluster> cluster) {

    /** The best isolation there is, no bare processes. */
    public static ExecutorConfig of(Path state) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
        return new ExecutorConfig(Choice.AUTO, false, state, "local", List.of(), List.of(), true, path, null);
    }

    public ExecutorConfig withChoice(Choice other) {
        return new ExecutorConfig(other, allowHost, state, node, engineArguments, hidden, cgroups, path, cluster);
    }

    public ExecutorConfig withAllowHost(boolean allowed) {
        return new ExecutorConfig(choice, allowed, state, node, engineArguments, hidden, cgroups, path, cluster);
    }

    public ExecutorConfig withNode(String name) {
        return new ExecutorConfig(choice, allowHost, state, name, engineArguments, hidden, cgroups, path, cluster);
    }

    public ExecutorConfig withEngineArguments(List<String> arguments) {
        return new ExecutorConfig(choice, allowHost, state, node, arguments, hidden, cgroups, path, cluster);
    }

    public ExecutorConfig withHidden(List<Path> directories) {
        return new ExecutorConfig(choice, allowHost, state, node, engineArguments, directories, cgroups, path, cluster);
    }

    public ExecutorConfig withCgroups(boolean used) {
        return new ExecutorConfig(choice, allowHost, state, node, engineArguments, hidden, used, path, cluster);
    }

    public ExecutorConfig withPath(String other) {
        return new ExecutorConfig(choice, allowHost, state, node, engineArguments, hidden, cgroups, other, cluster);
    }

    public ExecutorConfig withCluster(Function<String, Cluster> connect) {
        return new ExecutorConfig(choice, allowHost, state, node, engineArguments, hidden, cgroups, path, connect);
    }
}

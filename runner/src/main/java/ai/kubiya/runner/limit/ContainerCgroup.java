package ai.kubiya.runner.limit;

import ai.kubiya.protocol.RunLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The kernel's account of a container that an engine made, where the engine uses this host's kernel. */
public record ContainerCgroup(Optional<Path> memory, Optional<Path> processes) {

    /**
     * Looks for the group of a process of a container. The id of the container must be in the path: the process of an
     * engine in a virtual machine is somebody else here.
     */
    public static ContainerCgroup of(long process, String containerId) {
        return new ContainerCgroup(group(process, containerId, "memory"), group(process, containerId, "pids"));
    }

    public Optional<LimitHit> check(RunLimits limits) {
        if (count(processes, "pids.events", "max") > 0) {
            return Optional.of(LimitHit.processes(limits));
        }
        boolean killed =
                count(memory, "memory.events", "oom_kill") + count(memory, "memory.oom_control", "oom_kill") > 0;
        return killed ? Optional.of(LimitHit.memory(limits)) : Optional.empty();
    }

    private static long count(Optional<Path> group, String file, String name) {
        return group.map(path -> new Cgroup.Counter(path.resolve(file), name).value())
                .orElse(0L);
    }

    private static Optional<Path> group(long process, String containerId, String controller) {
        for (String line :
                ProcessTree.read(Path.of("/proc/" + process + "/cgroup")).split("\n")) {
            String[] parts = line.split(":", 3);
            if (parts.length < 3 || !parts[2].contains(containerId)) {
                continue;
            }
            Path version1 = Cgroups.ROOT.resolve(controller + parts[2]);
            Path version2 = Path.of(Cgroups.ROOT + parts[2]);
            if (parts[1].equals(controller) && Files.isDirectory(version1)) {
                return Optional.of(version1);
            }
            if (parts[1].isEmpty() && Files.exists(version2.resolve("memory.events"))) {
                return Optional.of(version2);
            }
        }
        return Optional.empty();
    }
}

package ai.kubiya.runner.limit;

import ai.kubiya.protocol.RunLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Version 1: one hierarchy per controller. */
record CgroupsV1(Path memory, Path processes) implements Cgroups {

    static List<Cgroups> candidates() {
        List<Cgroups> found = new ArrayList<>();
        Optional<Path> memory = own("memory");
        Optional<Path> processes = own("pids");
        if (memory.isPresent() && processes.isPresent()) {
            found.add(new CgroupsV1(memory.get(), processes.get()));
        }
        return found;
    }

    @Override
    public List<Path> parents() {
        return List.of(memory, processes);
    }

    @Override
    public Cgroup create(String name, RunLimits limits) throws IOException {
        Path memoryGroup = memory.resolve(name);
        Path processGroup = processes.resolve(name);
        Cgroup group = new Cgroup(
                List.of(memoryGroup, processGroup),
                new Cgroup.Counter(memoryGroup.resolve("memory.stat"), "total_rss"),
                new Cgroup.Counter(memoryGroup.resolve("memory.oom_control"), "oom_kill"),
                new Cgroup.Counter(processGroup.resolve("pids.events"), "max"),
                limits);
        try {
            Files.createDirectory(memoryGroup);
            Files.createDirectory(processGroup);
            Cgroups.write(memoryGroup.resolve("memory.limit_in_bytes"), Cgroup.hardMemory(limits));
            Cgroups.write(processGroup.resolve("pids.max"), Cgroup.hardProcesses(limits));
            return group;
        } catch (IOException e) {
            group.close();
            throw e;
        }
    }

    private static Optional<Path> own(String controller) {
        Path mount = ROOT.resolve(controller);
        Optional<Path> own = Cgroups.ownPath(controller).map(mount::resolve);
        // In a container the path may be that of the host, which is not mounted here.
        return own.map(path -> Files.isDirectory(path) ? path : mount).filter(Files::isDirectory);
    }
}

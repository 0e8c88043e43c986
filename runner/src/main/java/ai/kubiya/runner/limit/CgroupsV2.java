package ai.kubiya.runner.limit;

import ai.kubiya.protocol.RunLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Version 2: one hierarchy. A group that has processes of its own cannot hand controllers down, so the place for runs
 * is the parent of this process's group when that was delegated (systemd: {@code Delegate=yes} with
 * {@code DelegateSubgroup=}), or the root of a container's own hierarchy.
 */
record CgroupsV2(Path parent) implements Cgroups {

    static List<Cgroups> candidates() {
        Optional<String> path = Cgroups.ownPath("");
        if (path.isEmpty() || !Files.exists(ROOT.resolve("cgroup.controllers"))) {
            return List.of();
        }
        List<Cgroups> found = new ArrayList<>();
        Path own = ROOT.resolve(path.get());
        found.add(new CgroupsV2(own));
        Path above = own.getParent();
        if (above != null && above.getFileName().toString().endsWith(".service")) {
            found.add(new CgroupsV2(above));
        }
        return found;
    }

    @Override
    public List<Path> parents() {
        return List.of(parent);
    }

    @Override
    public Cgroup create(String name, RunLimits limits) throws IOException {
        handDownControllers();
        Path group = parent.resolve(name);
        Cgroup created = new Cgroup(
                List.of(group),
                new Cgroup.Counter(group.resolve("memory.stat"), "anon"),
                new Cgroup.Counter(group.resolve("memory.events"), "oom_kill"),
                new Cgroup.Counter(group.resolve("pids.events"), "max"),
                limits);
        try {
            Files.createDirectory(group);
            Cgroups.write(group.resolve("memory.max"), Cgroup.hardMemory(limits));
            Cgroups.write(group.resolve("pids.max"), Cgroup.hardProcesses(limits));
            if (Files.exists(group.resolve("memory.swap.max"))) {
                Cgroups.write(group.resolve("memory.swap.max"), 0);
            }
            return created;
        } catch (IOException e) {
            created.close();
            throw e;
        }
    }

    private void handDownControllers() throws IOException {
        List<String> active = List.of(Files.readString(parent.resolve("cgroup.subtree_control"))
                .strip()
                .split(" "));
        if (!active.containsAll(List.of("memory", "pids"))) {
            Cgroups.write(parent.resolve("cgroup.subtree_control"), "+memory +pids");
        }
    }
}

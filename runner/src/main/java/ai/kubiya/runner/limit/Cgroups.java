package ai.kubiya.runner.limit;

import ai.kubiya.protocol.RunLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where this process may make cgroups with limits on memory and processes, if anywhere. */
public sealed interface Cgroups permits CgroupsV1, CgroupsV2 {
    Path ROOT = Path.of("/sys/fs/cgroup");

    /** A cgroup for one run. */
    Cgroup create(String name, RunLimits limits) throws IOException;

    /** Tries version 2, then version 1, and proves the answer by making a cgroup. */
    static Optional<Cgroups> detect() {
        Logger log = LoggerFactory.getLogger(Cgroups.class);
        List<Cgroups> candidates = new ArrayList<>(CgroupsV2.candidates());
        candidates.addAll(CgroupsV1.candidates());
        String name = "kubiya-probe-" + ProcessHandle.current().pid();
        for (Cgroups candidate : candidates) {
            try (Cgroup probe = candidate.create(name, RunLimits.DEFAULT)) {
                if (probe.isUsable()) {
                    log.debug("limits are set through {}", candidate);
                    return Optional.of(candidate);
                }
            } catch (IOException notAllowed) {
                log.debug("no cgroups in {}: {}", candidate, notAllowed.getMessage());
            }
        }
        return Optional.empty();
    }

    /** The path of this process in the hierarchy of a controller; empty controller = version 2. */
    static Optional<String> ownPath(String controller) {
        for (String line : ProcessTree.read(Path.of("/proc/self/cgroup")).split("\n")) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && List.of(parts[1].split(",")).contains(controller)) {
                return Optional.of(parts[2].substring(1));
            }
        }
        return Optional.empty();
    }

    static void write(Path file, Object value) throws IOException {
        Files.writeString(file, value.toString());
    }
}

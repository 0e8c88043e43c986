package ai.kubiya.runner.limit;

import ai.kubiya.protocol.RunLimits;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where this process may make cgroups with limits on memory and processes, if anywhere. */
public sealed interface Cgroups permits CgroupsV1, CgroupsV2 {
    String RUN_PREFIX = "kubiya-run-";
    Duration JUST_MADE = Duration.ofMinutes(1);
    Path ROOT = Path.of("/sys/fs/cgroup");

    /** A cgroup for one run. */
    Cgroup create(String name, RunLimits limits) throws IOException;

    /** Where groups of runs are made. */
    List<Path> parents();

    /** Tries version 2, then version 1, and proves the answer by making a cgroup. */
    static Optional<Cgroups> detect() {
        Logger log = LoggerFactory.getLogger(Cgroups.class);
        List<Cgroups> candidates = new ArrayList<>(CgroupsV2.candidates());
        candidates.addAll(CgroupsV1.candidates());
        String name = "kubiya-probe-" + ProcessHandle.current().pid();
        for (Cgroups candidate : candidates) {
            try (Cgroup probe = candidate.create(name, RunLimits.DEFAULT)) {
                if (probe.isUsable()) {
                    candidate.parents().forEach(Cgroups::removeLeftovers);
                    log.debug("limits are set through {}", candidate);
                    return Optional.of(candidate);
                }
            } catch (IOException notAllowed) {
                log.debug("no cgroups in {}: {}", candidate, notAllowed.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Removes groups of runs whose runner was killed; a group with processes in it cannot be removed. */
    static void removeLeftovers(Path parent) {
        try (DirectoryStream<Path> groups = Files.newDirectoryStream(parent, RUN_PREFIX + "*")) {
            for (Path group : groups) {
                Instant made = Files.getLastModifiedTime(group).toInstant();
                // A new one may be empty because its first process is about to join it.
                if (made.isBefore(Instant.now().minus(JUST_MADE))) {
                    Files.deleteIfExists(group);
                }
            }
        } catch (IOException inUse) {
            LoggerFactory.getLogger(Cgroups.class).debug("kept {}: {}", parent, inUse.getMessage());
        }
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

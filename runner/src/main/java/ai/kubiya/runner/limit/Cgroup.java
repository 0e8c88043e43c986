package ai.kubiya.runner.limit;

import ai.kubiya.protocol.RunLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernel's account of one run, and its hard limits. */
public final class Cgroup implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Cgroup.class);
    // The sandbox's own two processes, and the shell that joins the group and becomes one of them.
    private static final int OVERHEAD_PROCESSES = 3;

    private final List<Path> directories;
    private final Counter memory;
    private final Counter memoryKills;
    private final Counter refusedForks;
    private final RunLimits limits;

    Cgroup(List<Path> directories, Counter memory, Counter memoryKills, Counter refusedForks, RunLimits limits) {
        this.directories = directories;
        this.memory = memory;
        this.memoryKills = memoryKills;
        this.refusedForks = refusedForks;
        this.limits = limits;
    }

    /**
     * Files in memory are memory to the kernel, and the disk of a sandbox is in memory: so the hard limit covers both,
     * and {@link #check} looks at the memory alone.
     */
    static long hardMemory(RunLimits limits) {
        return limits.memoryBytes() + limits.diskBytes();
    }

    static int hardProcesses(RunLimits limits) {
        return limits.processes() + OVERHEAD_PROCESSES;
    }

    /** A process joins by writing its id to these. */
    public List<Path> doors() {
        return directories.stream()
                .map(directory -> directory.resolve("cgroup.procs"))
                .toList();
    }

    /** True also after the last process ended: the kernel's counters stay. */
    public Optional<LimitHit> check() {
        if (refusedForks.value() > 0) {
            return Optional.of(LimitHit.processes(limits));
        }
        if (memoryKills.value() > 0 || memory.value() > limits.memoryBytes()) {
            return Optional.of(LimitHit.memory(limits));
        }
        return Optional.empty();
    }

    boolean isUsable() {
        return memory.exists() && refusedForks.exists();
    }

    @Override
    public void close() {
        for (Path directory : directories) {
            remove(directory);
        }
    }

    private static void remove(Path directory) {
        // A group is busy until the kernel has buried the last of its processes.
        for (int attempt = 0; attempt < 50; attempt++) {
            try {
                Files.deleteIfExists(directory);
                return;
            } catch (IOException busy) {
                if (!pause()) {
                    break;
                }
            }
        }
        log.warn("cannot remove the cgroup {}", directory);
    }

    private static boolean pause() {
        try {
            Thread.sleep(10);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One number in a file of {@code name value} lines. */
    record Counter(Path file, String name) {
        boolean exists() {
            return Files.isReadable(file);
        }

        long value() {
            for (String line : ProcessTree.read(file).split("\n")) {
                if (line.startsWith(name + " ")) {
                    return Long.parseLong(line.substring(name.length() + 1).strip());
                }
            }
            return 0;
        }
    }
}

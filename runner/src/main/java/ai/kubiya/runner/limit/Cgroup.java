package ai.kubiya.runner.limit;

import ai.kubiya.protocol.RunLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernel's account of one run, and its hard limits. */
public final class Cgroup implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Cgroup.class);
    // The sandbox's own two processes.
    private static final int OVERHEAD_PROCESSES = 2;
    private static final int JOIN_ROUNDS = 50;

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

    /**
     * Puts a process and all below it into the group. Joining takes the kernel some ten milliseconds, so it happens
     * beside the start of the process and not before it; what it starts from then on is inside from birth.
     */
    public void join(ProcessTree tree) {
        Set<Long> joined = new HashSet<>();
        for (int round = 0; round < JOIN_ROUNDS; round++) {
            List<Long> outside = tree.processes().stream().filter(joined::add).toList();
            if (outside.isEmpty()) {
                return;
            }
            outside.forEach(this::join);
        }
    }

    private void join(long process) {
        for (Path directory : directories) {
            try {
                Cgroups.write(directory.resolve("cgroup.procs"), process);
            } catch (IOException e) {
                // Ended meanwhile; were it something else, the watch still looks at every process.
                log.debug("{} does not join {}: {}", process, directory, e.getMessage());
            }
        }
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

package ai.kubiya.runner.limit;

import ai.kubiya.protocol.RunLimits;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks now and then at what the processes of one run use.
 *
 * @param root the process all others descend from
 * @param own how many of the tree are not the tool's
 * @param cgroup the kernel's account, or null where there is none
 * @param disks the places it can write to, each as large as the limit
 */
public record RunWatch(
        long root, int own, RunLimits limits, @Nullable Cgroup cgroup, List<Path> disks) {
    // A file system in memory is as large as its limit, in whole pages of any size.
    private static final long SLACK = 64 * 1024;

    /** The limit that is crossed now. */
    public Optional<LimitHit> check() {
        // Processes that were started before the group was joined are in the tree and not in the group.
        return checkDisk().or(this::checkAfterEnd).or(this::checkTree);
    }

    /** The limit that was crossed by processes that are gone. */
    public Optional<LimitHit> checkAfterEnd() {
        return cgroup == null ? Optional.empty() : cgroup.check();
    }

    private Optional<LimitHit> checkDisk() {
        long written = 0;
        for (Path disk : disks) {
            File place = disk.toFile();
            long total = place.getTotalSpace();
            long usable = place.getUsableSpace();
            // Until the sandbox has its own root, the path leads to the host's disk, which has another size. When the
            // sandbox ends between the two questions, the path leads nowhere and both sizes are 0 from then on.
            if (total == 0 || total > limits.diskBytes() + SLACK || place.getTotalSpace() != total) {
                continue;
            }
            if (usable == 0) {
                return Optional.of(LimitHit.disk(limits));
            }
            written += total - usable;
        }
        return written > limits.diskBytes() ? Optional.of(LimitHit.disk(limits)) : Optional.empty();
    }

    private Optional<LimitHit> checkTree() {
        List<Long> processes = new ProcessTree(root).processes();
        if (ProcessTree.tasks(processes) - own > limits.processes()) {
            return Optional.of(LimitHit.processes(limits));
        }
        boolean tooMuch = ProcessTree.residentBytes(processes) > limits.memoryBytes()
                && ProcessTree.proportionalBytes(processes) > limits.memoryBytes();
        return tooMuch ? Optional.of(LimitHit.memory(limits)) : Optional.empty();
    }
}

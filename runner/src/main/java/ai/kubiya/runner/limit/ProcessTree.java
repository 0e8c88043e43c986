package ai.kubiya.runner.limit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process and everything below it, as {@code /proc} shows it. Any of it may end while it is looked at; what is gone
 * counts nothing.
 */
public record ProcessTree(long root) {
    private static final Path PROC = Path.of("/proc");
    // More than any limit: a fork bomb must not keep the one who counts busy.
    private static final int MOST = 20_000;

    /** The process ids below the root, the root first. */
    public List<Long> processes() {
        List<Long> found = new ArrayList<>();
        found.add(root);
        for (int i = 0; i < found.size() && found.size() < MOST; i++) {
            addChildren(found.get(i), found);
        }
        return found;
    }

    /** Threads of all the processes given; each process has at least one. */
    public static int tasks(List<Long> processes) {
        return processes.stream().mapToInt(ProcessTree::threads).sum();
    }

    /** Memory in use; pages that processes share count for each of them. */
    public static long residentBytes(List<Long> processes) {
        return processes.stream().mapToLong(ProcessTree::resident).sum();
    }

    /** Memory in use with shared pages split among those who share them; slower than {@link #residentBytes}. */
    public static long proportionalBytes(List<Long> processes) {
        return processes.stream().mapToLong(ProcessTree::proportional).sum();
    }

    private static void addChildren(long process, List<Long> to) {
        // The kernel keeps children by the thread that made them.
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(PROC.resolve(process + "/task"))) {
            for (Path thread : threads) {
                for (String child : read(thread.resolve("children")).split(" ")) {
                    if (!child.isBlank()) {
                        to.add(Long.parseLong(child.strip()));
                    }
                }
            }
        } catch (IOException gone) {
            // Ended meanwhile.
        }
    }

    private static int threads(long process) {
        for (String line : read(PROC.resolve(process + "/status")).split("\n")) {
            if (line.startsWith("Threads:")) {
                return Integer.parseInt(line.substring("Threads:".length()).strip());
            }
        }
        return 0;
    }

    private static long resident(long process) {
        String[] pages = read(PROC.resolve(process + "/statm")).split(" ");
        return pages.length < 2 ? 0 : Long.parseLong(pages[1]) * PageSize.BYTES;
    }

    private static long proportional(long process) {
        for (String line : read(PROC.resolve(process + "/smaps_rollup")).split("\n")) {
            if (line.startsWith("Pss:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        return resident(process);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }
}

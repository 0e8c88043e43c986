package ai.kubiya.runner.limit;

import java.nio.file.Path;

/** The unit in which the kernel counts memory. */
final class PageSize {
    static final long BYTES = find();

    private PageSize() {}

    // Two views of the same number: pages in statm, KiB in status. Page sizes are 4, 16 or 64 KiB.
    private static long find() {
        String statm = ProcessTree.read(Path.of("/proc/self/statm"));
        String status = ProcessTree.read(Path.of("/proc/self/status"));
        String pages = statm.split(" ")[0];
        for (String line : status.split("\n")) {
            if (line.startsWith("VmSize:") && !pages.isEmpty()) {
                double kib = Double.parseDouble(line.replaceAll("\\D", ""));
                double size = kib / Double.parseDouble(pages);
                return size > 32 ? 65536 : size > 10 ? 16384 : 4096;
            }
        }
        return 4096;
    }
}

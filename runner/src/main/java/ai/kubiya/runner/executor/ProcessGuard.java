package ai.kubiya.runner.executor;

import ai.kubiya.protocol.RunLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps a fork bomb small where no cgroup does: an ordinary user's processes are counted by the kernel for each user
 * namespace, so a limit set inside the sandbox counts the tool's alone. Without it, thousands of processes starve the
 * watch that is to stop them. The kernel exempts root, and before 5.14 it counted all of the user's processes.
 */
final class ProcessGuard {
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
    private static final Pattern KERNEL = Pattern.compile("^(\\d+)\\.(\\d+)");
    // Enough for the watch to see that the limit was crossed.
    private static final int MARGIN = 16;

    private final boolean works;

    ProcessGuard(boolean cgroups) {
        this.works = !cgroups && !isRoot() && countsByNamespace() && Files.isExecutable(PRLIMIT);
    }

    List<String> guard(List<String> command, RunLimits limits) {
        if (!works) {
            return command;
        }
        List<String> guarded = new ArrayList<>();
        guarded.add(PRLIMIT.toString());
        guarded.add("--nproc=" + (limits.processes() + MARGIN));
        guarded.addAll(command);
        return guarded;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static boolean countsByNamespace() {
        Matcher version = KERNEL.matcher(System.getProperty("os.version", ""));
        if (!version.find()) {
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        return major > 5 || (major == 5 && Integer.parseInt(version.group(2)) >= 14);
    }
}

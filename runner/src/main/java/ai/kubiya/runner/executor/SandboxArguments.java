package ai.kubiya.runner.executor;

import ai.kubiya.runner.script.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The arguments of bubblewrap for one command: which namespaces, which files, which environment. */
final class SandboxArguments {
    static final String HOME = "/home/tool";
    static final String WORK = "/workspace";
    /** Where a sandbox can be written to, each place in memory and as large as the disk limit. */
    static final List<String> WRITABLE = List.of("/tmp", HOME, WORK, "/dev/shm");

    private static final String USER = "1000";

    private final List<String> words = new ArrayList<>();

    private SandboxArguments() {}

    static List<String> of(SandboxCommand command, Path users, Path groups, List<Path> hidden, boolean disableUsers)
            throws IOException {
        SandboxArguments arguments = new SandboxArguments();
        arguments.addNamespaces(command.network(), disableUsers);
        arguments.addFiles(command, users, groups, hidden);
        arguments.addEnvironment(command.environment());
        return arguments.words;
    }

    private void addNamespaces(boolean network, boolean disableUsers) {
        add("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try");
        if (!network) {
            add("--unshare-net");
        }
        add("--die-with-parent", "--new-session", "--cap-drop", "ALL");
        if (disableUsers) {
            // Without a user namespace of its own a tool cannot become root even over itself.
            add("--disable-userns");
        }
        add("--uid", USER, "--gid", USER, "--hostname", "tool");
    }

    private void addFiles(SandboxCommand command, Path users, Path groups, List<Path> hidden) throws IOException {
        words.addAll(HostView.arguments());
        // The host's own files name the people who work on it.
        add("--ro-bind", users.toString(), "/etc/passwd", "--ro-bind", groups.toString(), "/etc/group");
        for (Path secret : hidden) {
            if (HostView.shows(secret) && Files.isDirectory(secret)) {
                add("--tmpfs", secret.toString(), "--remount-ro", secret.toString());
            }
        }
        String size = Long.toString(Math.max(4096, command.limits().diskBytes()));
        add("--proc", "/proc", "--dev", "/dev");
        for (String place : WRITABLE) {
            add("--perms", "1777", "--size", size, "--tmpfs", place);
        }
        command.writable().forEach((from, to) -> add("--bind", from.toString(), to));
        command.readOnly().forEach((from, to) -> add("--ro-bind", from.toString(), to));
        // Both are file systems in memory that no limit covers.
        add("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", WORK);
    }

    private void addEnvironment(Map<String, String> environment) {
        add("--clearenv");
        set("PATH", Programs.STANDARD_PATH);
        set("HOME", HOME);
        set("LANG", "C.UTF-8");
        set("TMPDIR", "/tmp");
        environment.forEach(this::set);
    }

    private void set(String name, String value) {
        add("--setenv", name, value);
    }

    private void add(String... more) {
        words.addAll(List.of(more));
    }
}

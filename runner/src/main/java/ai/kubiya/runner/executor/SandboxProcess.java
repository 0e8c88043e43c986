package ai.kubiya.runner.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.runner.limit.Cgroup;
import ai.kubiya.runner.limit.LimitHit;
import ai.kubiya.runner.limit.ProcessTree;
import ai.kubiya.runner.limit.RunWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One command under bubblewrap. The process is bubblewrap; below it the sandbox's first process; below that the tool. */
final class SandboxProcess implements RunningTool {
    // Opens files for bubblewrap and becomes it. Its arguments come through a pipe, because everybody on the host can
    // read a command line; so the tool's input comes from a file.
    private static final String OPEN_AND_START = """
            status=$1 input=$2 bubblewrap=$3
            shift 3
            exec 3<&0 <"$input" 4>"$status"
            exec "$bubblewrap" --args 3 --json-status-fd 4 -- "$@"
            """;
    private static final Pattern FIRST_PROCESS = Pattern.compile("\"child-pid\": (\\d+)");
    private static final int OWN_PROCESSES = 2;

    private final RunFolder folder;
    private final @Nullable Cgroup cgroup;
    private final RunLimits limits;
    private @Nullable Process process;
    private @Nullable Thread joining;
    private volatile long firstProcess;

    SandboxProcess(RunFolder folder, @Nullable Cgroup cgroup, RunLimits limits) {
        this.folder = folder;
        this.cgroup = cgroup;
        this.limits = limits;
    }

    /**
     * Starts it.
     *
     * @param program what runs in the sandbox: the command, perhaps behind a guard
     * @param arguments those of bubblewrap
     */
    void start(
            ProcessLauncher launcher,
            Path bubblewrap,
            SandboxCommand command,
            List<String> program,
            List<String> arguments)
            throws IOException {
        Path input = Path.of("/dev/null");
        if (!command.stdin().isEmpty()) {
            input = Files.writeString(folder.path("stdin"), command.stdin());
        }
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", OPEN_AND_START, "sh"));
        words.addAll(List.of(folder.path("status").toString(), input.toString(), bubblewrap.toString()));
        words.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(words);
        // Nothing of the tool's environment may reach bubblewrap, which runs outside the sandbox it makes.
        builder.environment().clear();
        process = launcher.start(builder);
        if (cgroup != null) {
            ProcessTree tree = new ProcessTree(process.pid());
            joining = Thread.ofPlatform().daemon().name("cgroup").start(() -> cgroup.join(tree));
        }
        try (OutputStream pipe = process.getOutputStream()) {
            pipe.write((String.join("\0", arguments) + "\0").getBytes(UTF_8));
        } catch (IOException ended) {
            // It says on its error output why it ended before it read its arguments.
        }
    }

    @Override
    public Process process() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    @Override
    public Optional<LimitHit> check() {
        return watch().check();
    }

    @Override
    public Optional<LimitHit> checkAfterEnd(boolean diskFull) {
        // A program that meets the full disk usually ends at once, and its disk with it: only its words are left.
        Optional<LimitHit> hit = watch().checkAfterEnd();
        return hit.isEmpty() && diskFull ? Optional.of(LimitHit.disk(limits)) : hit;
    }

    @Override
    public Optional<String> startFailure(int exitCode) {
        boolean toolRan = exitCode == 0 || exitCode > 128 || status().contains("\"exit-code\"");
        return toolRan ? Optional.empty() : Optional.of("the sandbox could not start the tool");
    }

    @Override
    public void terminate() {
        // The sandbox's own processes would end at once and take the tool with them.
        tree().stream().skip(OWN_PROCESSES).forEach(SandboxProcess::end);
    }

    @Override
    public void interrupt() {
        tree().stream().skip(OWN_PROCESSES).findFirst().ifPresent(SandboxProcess::end);
    }

    @Override
    public void kill() {
        if (!process().isAlive()) {
            // Its numbers may be other processes' by now.
            return;
        }
        List<Long> all = tree();
        // With its first process the kernel ends every process of the sandbox, wherever it hides.
        firstProcess().ifPresent(SandboxProcess::kill);
        all.forEach(SandboxProcess::kill);
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
        if (cgroup != null) {
            awaitJoining();
            cgroup.close();
        }
        folder.close();
    }

    private void awaitJoining() {
        try {
            if (joining != null) {
                joining.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RunWatch watch() {
        List<Path> disks = firstProcess()
                .map(first -> SandboxArguments.WRITABLE.stream()
                        .map(place -> Path.of("/proc/" + first + "/root" + place))
                        .toList())
                .orElse(List.of());
        return new RunWatch(process().pid(), OWN_PROCESSES, limits, cgroup, disks);
    }

    private List<Long> tree() {
        return process().isAlive() ? new ProcessTree(process().pid()).processes() : List.of();
    }

    private Optional<Long> firstProcess() {
        if (firstProcess == 0) {
            Matcher found = FIRST_PROCESS.matcher(status());
            firstProcess = found.find() ? Long.parseLong(found.group(1)) : 0;
        }
        return firstProcess == 0 ? Optional.empty() : Optional.of(firstProcess);
    }

    private String status() {
        try {
            return Files.readString(folder.path("status"));
        } catch (IOException notYet) {
            return "";
        }
    }

    private static void end(long process) {
        ProcessHandle.of(process).ifPresent(ProcessHandle::destroy);
    }

    private static void kill(long process) {
        ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
    }
}

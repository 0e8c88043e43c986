package ai.kubiya.runner.executor;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.runner.limit.Cgroup;
import ai.kubiya.runner.limit.Cgroups;
import ai.kubiya.runner.script.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs commands under bubblewrap: see {@code docs/executors.md} for what they can see and do. */
public final class Sandbox {
    private static final String USERS = """
            root:x:0:0:root:/root:/usr/sbin/nologin
            tool:x:1000:1000:tool:/home/tool:/bin/sh
            nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
            """;
    private static final String GROUPS = """
            root:x:0:
            tool:x:1000:
            nogroup:x:65534:
            """;

    private static final Duration HELP = Duration.ofSeconds(5);

    private final ExecutorConfig config;
    private final ProcessLauncher launcher;
    private final Optional<Cgroups> cgroups;
    private final ProcessGuard guard;
    private final Object probing = new Object();
    private @Nullable String problem;
    private boolean proven;
    private volatile boolean knowsDisableUsers;

    public Sandbox(ExecutorConfig config, ProcessLauncher launcher) {
        this.config = config;
        this.launcher = launcher;
        this.cgroups = config.cgroups() ? Cgroups.detect() : Optional.empty();
        this.guard = new ProcessGuard(cgroups.isPresent());
    }

    /** Why there is no sandbox on this machine; empty when there is. Tried once, when first asked. */
    public Optional<String> problem() throws InterruptedException {
        synchronized (probing) {
            if (!proven) {
                problem = probe();
                proven = problem == null;
            }
            return Optional.ofNullable(problem);
        }
    }

    /** How memory and processes are limited: {@code cgroups} or {@code watching}. */
    public String limitsBy() {
        return cgroups.isPresent() ? "cgroups" : "watching";
    }

    /**
     * Runs a command to its end and keeps what it prints. Interrupting the caller ends the command. Where there is no
     * sandbox and the host is allowed, it runs there, with everything it is shown in its own place.
     */
    public Captured capture(SandboxCommand command) throws NotStartedException, InterruptedException {
        try (RunningTool running = open(command)) {
            return Capture.of(running, command.limits());
        }
    }

    /** Starts a command as {@link #capture} does; whoever asked for it stays with it until it ends. */
    public RunningTool open(SandboxCommand command) throws NotStartedException, InterruptedException {
        if (isOnHost()) {
            return startOnHost(command);
        }
        Optional<String> missing = problem();
        if (missing.isPresent()) {
            throw new NotStartedException(missing.get());
        }
        return start(command);
    }

    /** Whether commands run on the bare host, because there is no sandbox and the operator allows it. */
    public boolean isOnHost() throws InterruptedException {
        return config.allowHost() && problem().isPresent();
    }

    /** Whether a sandbox shows a path of the host without being told to. */
    public static boolean shows(Path path) {
        return HostView.shows(path);
    }

    private RunningTool startOnHost(SandboxCommand command) throws NotStartedException {
        RunFolder folder = null;
        boolean started = false;
        try {
            folder = RunFolder.create(config.state());
            RunningTool running = new HostLaunch(launcher).start(command, folder);
            started = true;
            return running;
        } catch (IOException e) {
            throw new NotStartedException("the command cannot be started on the host: " + e.getMessage(), e);
        } finally {
            if (folder != null && !started) {
                folder.close();
            }
        }
    }

    RunningTool start(SandboxCommand command) throws NotStartedException {
        try {
            return start(command, RunFolder.create(config.state()));
        } catch (IOException e) {
            throw new NotStartedException("the sandbox cannot be started: " + e.getMessage(), e);
        }
    }

    /** Takes the folder over: it is removed with the run, also when the start fails. */
    RunningTool start(SandboxCommand command, RunFolder folder) throws IOException {
        Cgroup cgroup = null;
        try {
            Path bubblewrap =
                    bubblewrap().orElseThrow(() -> new IOException("bubblewrap (the program bwrap) is not installed"));
            if (cgroups.isPresent()) {
                cgroup = cgroups.get().create(Cgroups.RUN_PREFIX + UUID.randomUUID(), command.limits());
            }
            SandboxProcess process = new SandboxProcess(folder, cgroup, command.limits());
            process.start(
                    launcher,
                    bubblewrap,
                    command,
                    guard.guard(command.command(), command.limits()),
                    arguments(command, folder));
            return process;
        } catch (IOException e) {
            if (cgroup != null) {
                cgroup.close();
            }
            folder.close();
            throw e;
        }
    }

    private List<String> arguments(SandboxCommand command, RunFolder folder) throws IOException {
        List<Path> hidden = new ArrayList<>(config.hidden());
        hidden.add(config.state());
        return SandboxArguments.of(
                command, folder.write("users", USERS), folder.write("groups", GROUPS), hidden, knowsDisableUsers);
    }

    private Optional<Path> bubblewrap() {
        return new Programs(config.path()).find("bwrap");
    }

    private @Nullable String probe() throws InterruptedException {
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            return "the sandbox needs Linux; use a container engine here";
        }
        Optional<Path> bubblewrap = bubblewrap();
        if (bubblewrap.isEmpty()) {
            return "there is no sandbox: install bubblewrap (apt install bubblewrap, dnf install bubblewrap)";
        }
        // Bubblewrap before 0.8 does not know it.
        EngineCommand program = new EngineCommand(bubblewrap.get().toString(), List.of(), launcher);
        knowsDisableUsers = program.run(HELP, "--help").stdout().contains("--disable-userns");
        try (RunningTool running = start(SandboxCommand.of("true"))) {
            Captured answer = Capture.of(running, RunLimits.DEFAULT);
            return answer.exitCode() == 0
                    ? null
                    : "bubblewrap is installed and does not work: "
                            + answer.stderr().strip() + hint(answer.stderr());
        } catch (NotStartedException e) {
            return e.getMessage();
        }
    }

    /** Container engines hide parts of {@code /proc}, and then none can be made for a sandbox either. */
    private static String hint(String problem) {
        return problem.contains("mount proc")
                ? "; in a container it needs --security-opt systempaths=unconfined (Docker)"
                        + " or --security-opt unmask=ALL (Podman)"
                : "";
    }
}

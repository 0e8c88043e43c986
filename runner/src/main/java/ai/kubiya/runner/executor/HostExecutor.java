package ai.kubiya.runner.executor;

import ai.kubiya.protocol.ToolRun;
import ai.kubiya.runner.script.ContentStart;
import ai.kubiya.runner.script.MissingProgramException;
import ai.kubiya.runner.script.Programs;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs tools as bare processes with all the rights of this one. Only where the operator allows it. */
final class HostExecutor implements Executor {
    private final ExecutorConfig config;
    private final ProcessLauncher launcher;

    HostExecutor(ExecutorConfig config, ProcessLauncher launcher) {
        this.config = config;
        this.launcher = launcher;
    }

    @Override
    public String name() {
        return "host";
    }

    @Override
    public RunningTool start(Job job) throws NotStartedException {
        ToolRun run = job.run();
        if (!run.services().isEmpty() || !run.volumes().isEmpty()) {
            throw new NotStartedException("the tool needs services or volumes, which bare processes on the host lack");
        }
        RunFolder folder = null;
        try {
            folder = RunFolder.create(config.state());
            ContentStart start =
                    new ContentStart(run, job.content(), folder.path("in").toString());
            List<String> command = start.command(programs());
            folder.writeScripts(job, start.script(programs()));
            Path home = Files.createDirectory(folder.path("home"));
            Path work = Files.createDirectory(folder.path("work"));
            place(folder.writeFiles(run.files(), home.toString(), work.toString()), folder);
            return start(job, command, home, work, folder);
        } catch (MissingProgramException | IOException e) {
            if (folder != null) {
                folder.close();
            }
            throw new NotStartedException("the tool cannot be started on the host: " + e.getMessage(), e);
        }
    }

    private RunningTool start(Job job, List<String> command, Path home, Path work, RunFolder folder)
            throws IOException {
        List<String> words = new ArrayList<>();
        programs().find("setsid").ifPresent(program -> words.add(program.toString()));
        // The tool's main process dies with this one; what it started may live on: the host has no way to bind it.
        programs()
                .find("setpriv")
                .ifPresent(program -> words.addAll(List.of(program.toString(), "--pdeathsig", "KILL")));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).directory(work.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(new LinkedHashMap<>(Map.of(
                "PATH",
                Programs.STANDARD_PATH,
                "HOME",
                home.toString(),
                "LANG",
                "C.UTF-8",
                "TMPDIR",
                work.toString())));
        environment.putAll(job.environment());
        HostProcesses processes = HostProcesses.mark(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return new HostProcess(launcher.start(builder), processes, job.run().limits(), folder);
    }

    /** Files go only where the run's own folder is: nothing of the host is overwritten for a run. */
    private static void place(Map<Path, String> files, RunFolder folder) throws IOException, NotStartedException {
        for (Map.Entry<Path, String> file : files.entrySet()) {
            Path destination = Path.of(file.getValue());
            if (!destination.startsWith(folder.path("home")) && !destination.startsWith(folder.path("work"))) {
                throw new NotStartedException("on the host a file can only be placed in the tool's home or working "
                        + "directory, not at " + destination);
            }
            Path parent = destination.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                Files.copy(file.getKey(), destination);
            } catch (FileAlreadyExistsException e) {
                throw new NotStartedException("two files have the same place: " + destination, e);
            }
        }
    }

    private Programs programs() {
        return Programs.standard();
    }
}

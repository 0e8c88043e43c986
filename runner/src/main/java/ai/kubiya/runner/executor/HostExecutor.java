package ai.kubiya.runner.executor;

import ai.kubiya.protocol.ToolRun;
import ai.kubiya.runner.script.ContentStart;
import ai.kubiya.runner.script.MissingProgramException;
import ai.kubiya.runner.script.Programs;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs tools as bare processes with all the rights of this one. Only where the operator allows it. */
final class HostExecutor implements Executor {
    private final ExecutorConfig config;
    private final HostLaunch launch;

    HostExecutor(ExecutorConfig config, ProcessLauncher launcher) {
        this.config = config;
        this.launch = new HostLaunch(launcher);
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
            return launch.start(command, job.environment(), Path.of("/dev/null"), run.limits(), folder);
        } catch (MissingProgramException | IOException e) {
            giveBack(folder);
            throw new NotStartedException("the tool cannot be started on the host: " + e.getMessage(), e);
        } catch (NotStartedException e) {
            giveBack(folder);
            throw e;
        }
    }

    private static void giveBack(@Nullable RunFolder folder) {
        if (folder != null) {
            folder.close();
        }
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

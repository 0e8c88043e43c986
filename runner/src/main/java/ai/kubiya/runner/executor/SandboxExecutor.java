package ai.kubiya.runner.executor;

import ai.kubiya.protocol.ToolRun;
import ai.kubiya.runner.script.ContentStart;
import ai.kubiya.runner.script.MissingProgramException;
import ai.kubiya.runner.script.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs tools under bubblewrap with the host's programs. */
final class SandboxExecutor implements Executor {
    private static final String PLACE = "/kubiya";

    private final Sandbox sandbox;
    private final ExecutorConfig config;

    SandboxExecutor(Sandbox sandbox, ExecutorConfig config) {
        this.sandbox = sandbox;
        this.config = config;
    }

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public RunningTool start(Job job) throws NotStartedException {
        ToolRun run = job.run();
        if (!run.services().isEmpty()) {
            throw new NotStartedException("the tool needs companion services, which need a container engine");
        }
        ContentStart start = new ContentStart(run, job.content(), PLACE);
        try {
            List<String> command = start.command(Programs.standard());
            String script = start.script(Programs.standard());
            return start(job, command, script, RunFolder.create(config.state()));
        } catch (MissingProgramException e) {
            throw new NotStartedException(e.getMessage(), e);
        } catch (IOException e) {
            throw new NotStartedException("the sandbox cannot be started: " + e.getMessage(), e);
        }
    }

    private RunningTool start(Job job, List<String> command, String script, RunFolder folder) throws IOException {
        ToolRun run = job.run();
        SandboxCommand sandboxed;
        try {
            Map<Path, String> readOnly = new LinkedHashMap<>();
            readOnly.put(folder.writeScripts(job, script), PLACE);
            readOnly.putAll(folder.writeFiles(run.files(), SandboxArguments.HOME, SandboxArguments.WORK));
            sandboxed = SandboxCommand.of(command.toArray(String[]::new))
                    .withEnvironment(job.environment())
                    .withReadOnly(readOnly)
                    .withWritable(new Volumes(config.state()).open(run.volumes()))
                    .withLimits(run.limits())
                    .withNetwork(Boolean.TRUE.equals(run.network()));
        } catch (IOException e) {
            folder.close();
            throw e;
        }
        return sandbox.start(sandboxed, folder);
    }
}

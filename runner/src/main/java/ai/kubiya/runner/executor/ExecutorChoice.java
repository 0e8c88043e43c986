package ai.kubiya.runner.executor;

import ai.kubiya.protocol.ToolRun;
import java.util.Optional;

/** Chooses where a run takes place: the best isolation that is there and that the operator and the tool accept. */
public final class ExecutorChoice {
    private final ExecutorConfig config;
    private final Sandbox sandbox;
    private final SandboxExecutor sandboxed;
    private final HostExecutor host;

    public ExecutorChoice(ExecutorConfig config, ProcessLauncher launcher) {
        this.config = config;
        this.sandbox = new Sandbox(config, launcher);
        this.sandboxed = new SandboxExecutor(sandbox, config);
        this.host = new HostExecutor(config, launcher);
    }

    /** The sandbox on its own. */
    public Sandbox sandbox() {
        return sandbox;
    }

    /** Removes what a runner of this name left behind when it was killed. */
    public void removeLeftovers() {
        RunFolder.sweep(config.state());
    }

    public Executor choose(ToolRun run) throws NotStartedException, InterruptedException {
        return switch (config.choice()) {
            case AUTO, SANDBOX -> withoutEngine(run);
            case DOCKER, PODMAN -> throw new NotStartedException("container engines are not supported yet");
            case HOST -> onHost(run);
        };
    }

    private Executor withoutEngine(ToolRun run) throws NotStartedException, InterruptedException {
        refuseRequiredContainer(run);
        Optional<String> problem = sandbox.problem();
        if (problem.isEmpty()) {
            return sandboxed;
        }
        if (config.allowHost() && config.choice() == Choice.AUTO) {
            return host;
        }
        throw new NotStartedException(problem.get() + "; or install docker or podman for tools that name an image");
    }

    private Executor onHost(ToolRun run) throws NotStartedException {
        refuseRequiredContainer(run);
        if (!config.allowHost()) {
            throw new NotStartedException(
                    "the executor is set to host, and host execution is not allowed (KUBIYA_ALLOW_HOST_EXECUTION)");
        }
        return host;
    }

    private static void refuseRequiredContainer(ToolRun run) throws NotStartedException {
        if (run.image() != null && run.requireContainer()) {
            throw new NotStartedException("the tool must run in its image " + run.image()
                    + ", and no container engine answers here: install and start docker or podman");
        }
    }
}

package ai.kubiya.runner.executor;

import ai.kubiya.protocol.ToolRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Chooses where a run takes place: the best isolation that is there and that the operator and the tool accept. */
public final class ExecutorChoice {
    private static final String NO_CLUSTER =
            "the executor is set to kubernetes, and nothing says which cluster that is";

    private final ExecutorConfig config;
    private final Sandbox sandbox;
    private final SandboxExecutor sandboxed;
    private final HostExecutor host;
    private final ContainerEngines engines;
    private @Nullable Cluster cluster;

    public ExecutorChoice(ExecutorConfig config, ProcessLauncher launcher) {
        this.config = config;
        // Nothing of this process runs yet: what is there was left by one that was killed.
        RunFolder.sweep(config.state());
        this.sandbox = new Sandbox(config, launcher);
        this.sandboxed = new SandboxExecutor(sandbox, config);
        this.host = new HostExecutor(config, launcher);
        this.engines = new ContainerEngines(config, launcher);
    }

    /** The sandbox on its own. */
    public Sandbox sandbox() {
        return sandbox;
    }

    /** Removes the containers and Jobs that a runner of this name left behind when it was killed. */
    public void removeLeftovers() throws InterruptedException {
        if (config.choice() == Choice.KUBERNETES) {
            cluster().ifPresent(Cluster::removeLeftovers);
        } else {
            engines.removeLeftovers();
        }
    }

    /** Connected when it is first asked for: nobody else needs a cluster. */
    private synchronized Optional<Cluster> cluster() {
        Function<String, Cluster> connect = config.cluster();
        if (cluster == null && connect != null) {
            cluster = connect.apply(config.node());
        }
        return Optional.ofNullable(cluster);
    }

    /**
     * Where tools can run here now.
     *
     * @param executors words for them, best first
     * @param problem why there are none; empty when there are some
     */
    public record Ability(List<String> executors, String problem, Map<String, String> details) {}

    /** Looks where tools can run here now. An interrupt ends the looking. */
    public Ability ability() {
        if (config.choice() == Choice.KUBERNETES) {
            return abilityOfCluster();
        }
        List<String> found = new ArrayList<>();
        String problem = "";
        try {
            engines.find().map(Executor::name).ifPresent(found::add);
            Optional<String> noSandbox = config.choice() == Choice.HOST ? Optional.of("") : sandbox.problem();
            if (noSandbox.isEmpty()) {
                found.add(sandboxed.name());
            }
            if (config.allowHost() && config.choice() != Choice.SANDBOX) {
                found.add(host.name());
            }
            if (found.isEmpty()) {
                problem = noSandbox.filter(text -> !text.isEmpty()).orElse("no executor is allowed here");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Ability(found, problem, Map.of("executors", String.join(", ", found), "limits", sandbox.limitsBy()));
    }

    private Ability abilityOfCluster() {
        String problem = cluster().map(Cluster::problem).orElse(NO_CLUSTER);
        List<String> found =
                problem.isEmpty() ? cluster().map(Executor::name).stream().toList() : List.of();
        return new Ability(found, problem, Map.of("executors", String.join(", ", found)));
    }

    public Executor choose(ToolRun run) throws NotStartedException, InterruptedException {
        return switch (config.choice()) {
            case AUTO -> run.image() == null ? withoutEngine(run) : withEngine(run);
            case DOCKER, PODMAN -> run.image() == null ? withoutEngine(run) : engine();
            case SANDBOX -> withoutEngine(run);
            case HOST -> onHost(run);
            case KUBERNETES -> cluster().orElseThrow(() -> new NotStartedException(NO_CLUSTER));
        };
    }

    private Executor withEngine(ToolRun run) throws NotStartedException, InterruptedException {
        Optional<ContainerExecutor> engine = engines.find();
        return engine.isPresent() ? engine.get() : withoutEngine(run);
    }

    private Executor engine() throws NotStartedException, InterruptedException {
        Optional<ContainerExecutor> engine = engines.find();
        if (engine.isEmpty()) {
            throw new NotStartedException(engines.problem());
        }
        return engine.get();
    }

    private Executor withoutEngine(ToolRun run) throws NotStartedException, InterruptedException {
        refuseRequiredContainer(run);
        Optional<String> problem = sandbox.problem();
        if (problem.isEmpty()) {
            return sandboxed;
        }
        if (config.allowHost() && config.choice() != Choice.SANDBOX) {
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

package ai.kubiya.runner.executor;

import ai.kubiya.runner.script.Programs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the container engine that answers, and looks again now and then: engines are started and stopped. */
final class ContainerEngines {
    private static final Logger log = LoggerFactory.getLogger(ContainerEngines.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final ExecutorConfig config;
    private final ProcessLauncher launcher;
    private final List<String> programs;
    private @Nullable ContainerExecutor found;
    private String problem = "";
    private long lookedAt;
    private boolean looked;

    ContainerEngines(ExecutorConfig config, ProcessLauncher launcher) {
        this.config = config;
        this.launcher = launcher;
        this.programs = switch (config.choice()) {
            case AUTO -> List.of("docker", "podman");
            case DOCKER -> List.of("docker");
            case PODMAN -> List.of("podman");
            case SANDBOX, HOST, KUBERNETES -> List.of();
        };
    }

    synchronized Optional<ContainerExecutor> find() throws InterruptedException {
        long now = System.nanoTime();
        if (!looked || now - lookedAt > LOOK_AGAIN.toNanos()) {
            look();
            looked = true;
            lookedAt = now;
        }
        return Optional.ofNullable(found);
    }

    /** Why none was found, after {@link #find}. */
    synchronized String problem() {
        return problem;
    }

    /** Removes containers and networks that a runner of the same name left when it was killed. */
    void removeLeftovers() throws InterruptedException {
        Optional<ContainerExecutor> engine = find();
        if (engine.isPresent()) {
            engine.get().removeLeftovers();
        }
    }

    private void look() throws InterruptedException {
        // What an engine has proven is kept while it still answers.
        if (found != null && found.command().run(PATIENCE, "info").accepted()) {
            return;
        }
        found = null;
        problem = "no container engine is installed: install " + String.join(" or ", programs);
        for (String program : programs) {
            var path = new Programs(config.path()).find(program);
            if (path.isEmpty()) {
                continue;
            }
            EngineCommand command = new EngineCommand(path.get().toString(), config.engineArguments(), launcher);
            EngineCommand.Answer answer = command.run(PATIENCE, "info");
            if (answer.accepted()) {
                log.info("tools with an image run in {}", program);
                found = new ContainerExecutor(program, command, config);
                return;
            }
            problem = program + " is installed and does not answer: " + answer.message();
            log.debug("{}", problem);
        }
    }
}

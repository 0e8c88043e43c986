package ai.kubiya.runner.executor;

import ai.kubiya.runner.script.Programs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes images present and knows with which arguments the engine can start containers here. */
final class ContainerImages {
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final Duration PULL = Duration.ofMinutes(15);
    private static final String NO_SUCH_PROGRAM = "/kubiya-no-such-program";
    private static final int NOT_FOUND = 127;
    // Some hosts have a default runtime that refuses their cgroups, or refuse to raise limits on files and processes.
    private static final List<String> OTHER_RUNTIME = List.of("--runtime", "runc");
    private static final List<String> LOW_LIMITS =
            List.of("--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024");

    private final EngineCommand plain;
    private final boolean mayUseOtherRuntime;
    private final Set<String> present = ConcurrentHashMap.newKeySet();
    private volatile Optional<Working> working = Optional.empty();

    /** A way to start containers that was seen to work. */
    record Working(EngineCommand command, List<String> runArguments) {}

    ContainerImages(String engine, EngineCommand plain, ExecutorConfig config) {
        this.plain = plain;
        this.mayUseOtherRuntime = engine.equals("podman")
                && !config.engineArguments().contains("--runtime")
                && new Programs(config.path()).find("runc").isPresent();
    }

    /** Pulls an image that is not there. */
    void require(String image) throws NotStartedException, InterruptedException {
        if (present.contains(image)) {
            return;
        }
        if (!plain.run(LOOK, "image", "inspect", image).accepted()) {
            EngineCommand.Answer pulled = plain.run(PULL, "pull", "--quiet", image);
            if (!pulled.accepted()) {
                throw new NotStartedException("the image " + image + " cannot be pulled: " + pulled.message());
            }
        }
        present.add(image);
    }

    /** Called when the engine refused a container: the image may have been removed. */
    void forget(String image) {
        present.remove(image);
    }

    /** How to start containers; tried once with an image that is there. */
    Working working(String image) throws NotStartedException, InterruptedException {
        if (working.isEmpty()) {
            working = Optional.of(prove(image));
        }
        return working.get();
    }

    private Working prove(String image) throws NotStartedException, InterruptedException {
        Working first = new Working(plain, List.of());
        EngineCommand.Answer answer = start(first, image);
        if (answer.exitCode() == NOT_FOUND) {
            return first;
        }
        String words = answer.message();
        if (mayUseOtherRuntime && (words.contains("cgroup") || words.contains("rlimit") || words.contains("crun"))) {
            Working second = new Working(plain.withGlobal(OTHER_RUNTIME), LOW_LIMITS);
            if (start(second, image).exitCode() == NOT_FOUND) {
                return second;
            }
        }
        throw new NotStartedException("the container engine cannot start containers: " + words);
    }

    /** Starts a program that no image has: an engine that works gets as far as not finding it. */
    private static EngineCommand.Answer start(Working way, String image) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("run", "--rm", "--network", "none"));
        arguments.addAll(way.runArguments());
        arguments.addAll(List.of("--entrypoint", NO_SUCH_PROGRAM, image));
        return way.command().run(LOOK.multipliedBy(2), Map.of(), arguments);
    }
}

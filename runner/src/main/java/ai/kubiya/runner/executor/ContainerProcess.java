package ai.kubiya.runner.executor;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.runner.limit.ContainerCgroup;
import ai.kubiya.runner.limit.LimitHit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A tool in a container. The process is the engine's client; the container is the engine's. */
final class ContainerProcess implements RunningTool {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration CLIENT_END = Duration.ofSeconds(2);
    // Asking an engine costs it tens of milliseconds.
    private static final long ASK_EVERY = Duration.ofSeconds(2).toNanos();
    private static final long LOOK_FOR_GROUP_AFTER = Duration.ofMillis(300).toNanos();
    private static final int ENGINE_FAILED = 125;
    private static final int KILLED = 137;
    private static final String NEVER = "0001-01-01";

    private final Process client;
    private final String container;
    private final EngineCommand engine;
    private final RunLimits limits;
    private final RunFolder folder;
    private final ContainerServices services;
    private final Runnable refused;
    private final long startedAt = System.nanoTime();
    private Optional<ContainerCgroup> cgroup = Optional.empty();
    private boolean askedForGroup;
    private long askedAt = System.nanoTime();

    ContainerProcess(
            Process client,
            String container,
            EngineCommand engine,
            RunLimits limits,
            RunFolder folder,
            ContainerServices services,
            Runnable refused) {
        this.client = client;
        this.container = container;
        this.engine = engine;
        this.limits = limits;
        this.folder = folder;
        this.services = services;
        this.refused = refused;
    }

    @Override
    public Process process() {
        return client;
    }

    @Override
    public Optional<LimitHit> check() {
        Optional<LimitHit> hit = cgroup.flatMap(group -> group.check(limits));
        long now = System.nanoTime();
        // Short runs end before it is worth asking for their group.
        if (!askedForGroup && now - startedAt > LOOK_FOR_GROUP_AFTER) {
            cgroup = findCgroup();
            askedForGroup = cgroup.isPresent();
        }
        if (hit.isPresent() || now - askedAt < ASK_EVERY) {
            return hit;
        }
        askedAt = now;
        return number(inspect("--size", "{{.SizeRw}}")) > limits.diskBytes()
                ? Optional.of(LimitHit.disk(limits))
                : Optional.empty();
    }

    @Override
    public Optional<LimitHit> checkAfterEnd(boolean diskFull) {
        if (client.exitValue() != KILLED) {
            return Optional.empty();
        }
        // Not every engine notices why a container was killed, and a tool may be killed for other reasons.
        return inspect("{{.State.OOMKilled}}").equals("true")
                ? Optional.of(LimitHit.memory(limits))
                : Optional.of(new LimitHit(
                        Result.FAILED,
                        "the tool was killed; the engine does not say whether it crossed its memory limit"));
    }

    @Override
    public Optional<String> startFailure(int exitCode) {
        boolean suspicious = exitCode >= ENGINE_FAILED && exitCode <= ENGINE_FAILED + 2;
        if (!suspicious) {
            return Optional.empty();
        }
        String started = inspect("{{.State.StartedAt}}");
        if (!started.isEmpty() && !started.startsWith(NEVER)) {
            return Optional.empty();
        }
        refused.run();
        return Optional.of("the container engine could not start the tool");
    }

    @Override
    public void terminate() {
        engine.runSurely(PATIENCE, "kill", "--signal", "TERM", container);
    }

    @Override
    public void kill() {
        if (!client.isAlive()) {
            return;
        }
        engine.runSurely(PATIENCE, "kill", container);
        if (!clientEnds()) {
            // By its handle: the process itself would close its streams with what nobody has read yet.
            client.toHandle().destroyForcibly();
        }
    }

    @Override
    public void close() {
        kill();
        engine.runSurely(PATIENCE, "rm", "--force", "--volumes", container);
        services.close();
        folder.close();
    }

    private boolean clientEnds() {
        try {
            return client.waitFor(CLIENT_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<ContainerCgroup> findCgroup() {
        String[] answer = inspect("{{.State.Pid}} {{.Id}}").split(" ");
        return answer.length == 2 && number(answer[0]) > 0
                ? Optional.of(ContainerCgroup.of(number(answer[0]), answer[1]))
                : Optional.empty();
    }

    private String inspect(String format) {
        return ask("container", "inspect", "--format", format, container);
    }

    private String inspect(String option, String format) {
        return ask("container", "inspect", option, "--format", format, container);
    }

    private String ask(String... arguments) {
        try {
            return engine.run(PATIENCE, arguments).stdout().strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}

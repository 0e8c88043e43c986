package ai.kubiya.runner.executor;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.protocol.ToolRun;
import ai.kubiya.runner.script.ContentStart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs tools in their image with docker or podman. */
final class ContainerExecutor implements Executor {
    static final String EXECUTION_LABEL = "kubiya.execution";
    static final String NODE_LABEL = "kubiya.node";
    private static final String PLACE = "/kubiya";
    private static final String HOME = "/root";
    private static final String WORK = "/workspace";
    private static final Duration CLEAN_UP = Duration.ofSeconds(30);
    private static final long SHARED_MEMORY = 64L << 20;

    private final String name;
    private final EngineCommand command;
    private final ExecutorConfig config;
    private final ContainerImages images;

    ContainerExecutor(String name, EngineCommand command, ExecutorConfig config) {
        this.name = name;
        this.command = command;
        this.config = config;
        this.images = new ContainerImages(name, command, config);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean runsImages() {
        return true;
    }

    EngineCommand command() {
        return command;
    }

    void removeLeftovers() throws InterruptedException {
        String ours = "label=" + NODE_LABEL + "=" + config.node();
        // Removing alone would first wait for each to end.
        remove(List.of("kill"), "ps", "--quiet", "--filter", ours);
        remove(List.of("rm", "--force", "--volumes"), "ps", "--all", "--quiet", "--filter", ours);
        remove(List.of("network", "rm"), "network", "ls", "--quiet", "--filter", ours);
    }

    private void remove(List<String> how, String... list) throws InterruptedException {
        List<String> ids = command.run(CLEAN_UP, list).stdout().lines().toList();
        if (!ids.isEmpty()) {
            List<String> words = new ArrayList<>(how);
            words.addAll(ids);
            command.run(CLEAN_UP, Map.of(), words);
        }
    }

    @Override
    public RunningTool start(Job job) throws NotStartedException, InterruptedException {
        ToolRun run = job.run();
        String image = Objects.requireNonNull(run.image());
        images.require(image);
        ContainerImages.Working working = images.working(image);
        String container = "kubiya-" + UUID.randomUUID();
        RunFolder folder = null;
        ContainerServices services = new ContainerServices(working, images, labels(job), container);
        try {
            folder = RunFolder.create(config.state());
            services.start(run.services(), Boolean.FALSE.equals(run.network()));
            ContainerEnvironment environment =
                    ContainerEnvironment.of(job.environment(), run.secrets().keySet());
            List<String> words = words(job, container, image, working, services, environment, folder);
            Process client = working.command().start(environment.ofClient(), words);
            return new ContainerProcess(
                    client, container, working.command(), run.limits(), folder, services, () -> images.forget(image));
        } catch (IOException e) {
            giveBack(services, folder);
            throw new NotStartedException("the container cannot be started: " + e.getMessage(), e);
        } catch (NotStartedException | InterruptedException e) {
            giveBack(services, folder);
            throw e;
        }
    }

    private static void giveBack(ContainerServices services, @Nullable RunFolder folder) {
        services.close();
        if (folder != null) {
            folder.close();
        }
    }

    private List<String> words(
            Job job,
            String container,
            String image,
            ContainerImages.Working working,
            ContainerServices services,
            ContainerEnvironment environment,
            RunFolder folder)
            throws IOException {
        ToolRun run = job.run();
        RunLimits limits = run.limits();
        List<String> words = new ArrayList<>(List.of("run", "--name", container));
        words.addAll(working.runArguments());
        words.addAll(labels(job));
        words.addAll(List.of("--memory", Long.toString(limits.memoryBytes())));
        words.addAll(List.of("--pids-limit", Integer.toString(limits.processes())));
        words.addAll(List.of("--shm-size", Long.toString(Math.min(SHARED_MEMORY, limits.diskBytes()))));
        words.addAll(List.of("--security-opt", "no-new-privileges"));
        if (!services.networkArguments().isEmpty()) {
            words.addAll(services.networkArguments());
        } else if (Boolean.FALSE.equals(run.network())) {
            words.addAll(List.of("--network", "none"));
        }
        words.addAll(environment.arguments());
        ContentStart start = new ContentStart(run, job.content(), PLACE);
        mount(folder.writeScripts(job, start.searchingScript()), PLACE, ":ro", words);
        folder.writeFiles(run.files(), HOME, WORK).forEach((from, to) -> mount(from, to, ":ro", words));
        new Volumes(config.state()).open(run.volumes()).forEach((from, to) -> mount(from, to, "", words));
        words.addAll(entry(run, job.content(), image));
        return words;
    }

    /** The entrypoint, the image, and the arguments. An image without a shell can still have an entrypoint. */
    private static List<String> entry(ToolRun run, String content, String image) {
        if (run.entrypoint().isEmpty() || run.onStart() != null) {
            return List.of("--entrypoint", "/bin/sh", image, PLACE + "/start");
        }
        List<String> words =
                new ArrayList<>(List.of("--entrypoint", run.entrypoint().getFirst(), image));
        words.addAll(run.entrypoint().subList(1, run.entrypoint().size()));
        words.add(run.entrypoint().getLast().equals("-c") ? content : PLACE + "/tool");
        return words;
    }

    private List<String> labels(Job job) {
        return List.of(
                "--label", EXECUTION_LABEL + "=" + job.executionId(), "--label", NODE_LABEL + "=" + config.node());
    }

    private static void mount(Path from, String to, String mode, List<String> words) {
        words.addAll(List.of("--volume", from + ":" + to + mode));
    }
}

package ai.kubiya.runner.executor;

import ai.kubiya.protocol.RunService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The companion containers of one run and the network they share with it. */
final class ContainerServices implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final String LISTENING = " 0A ";

    private final ContainerImages.Working working;
    private final ContainerImages images;
    private final List<String> labels;
    private final String network;
    private final List<String> containers = new ArrayList<>();
    private final List<String> hosts = new ArrayList<>();
    private boolean hasNetwork;

    ContainerServices(ContainerImages.Working working, ContainerImages images, List<String> labels, String network) {
        this.working = working;
        this.images = images;
        this.labels = labels;
        this.network = network;
    }

    /** Starts them one after the other, each able to reach those before it, and waits for their ports. */
    void start(List<RunService> services, boolean internal) throws NotStartedException, InterruptedException {
        if (services.isEmpty()) {
            return;
        }
        createNetwork(internal);
        for (RunService service : services) {
            images.require(service.image());
            start(service);
        }
    }

    /** What puts the tool's container into the network; empty when there are no services. */
    List<String> networkArguments() {
        if (!hasNetwork) {
            return List.of();
        }
        List<String> arguments = new ArrayList<>(List.of("--network", network));
        arguments.addAll(hosts);
        return arguments;
    }

    @Override
    public void close() {
        for (String container : containers) {
            // Removing alone would first wait for it to end.
            working.command().runSurely(PATIENCE, "kill", container);
            working.command().runSurely(PATIENCE, "rm", "--force", "--volumes", container);
        }
        if (hasNetwork) {
            working.command().runSurely(PATIENCE, "network", "rm", network);
        }
    }

    private void createNetwork(boolean internal) throws NotStartedException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("network", "create"));
        words.addAll(labels);
        if (internal) {
            words.add("--internal");
        }
        words.add(network);
        hasNetwork = true;
        accept("the network of the services cannot be made", words, ContainerEnvironment.of(Map.of(), Set.of()));
    }

    private void start(RunService service) throws NotStartedException, InterruptedException {
        String container = network + "-" + containers.size();
        List<String> words = new ArrayList<>(List.of("run", "--detach", "--name", container));
        words.addAll(working.runArguments());
        words.addAll(labels);
        words.addAll(networkArguments());
        ContainerEnvironment environment = ContainerEnvironment.of(service.environment(), Set.of());
        words.addAll(environment.arguments());
        words.add(service.image());
        containers.add(container);
        accept("the service " + service.name() + " cannot be started", words, environment);
        awaitPorts(service, container);
        // A name in the hosts file needs no name server, which not every engine has.
        hosts.addAll(List.of("--add-host", service.name() + ":" + address(container)));
    }

    private void awaitPorts(RunService service, String container) throws NotStartedException, InterruptedException {
        long end = System.nanoTime() + READY.toNanos();
        List<Integer> missing = new ArrayList<>(service.exposedPorts());
        while (!missing.isEmpty()) {
            EngineCommand.Answer sockets =
                    working.command().run(PATIENCE, "exec", container, "cat", "/proc/net/tcp", "/proc/net/tcp6");
            missing.removeIf(port -> isListening(sockets.stdout(), port));
            if (!missing.isEmpty() && (System.nanoTime() > end || !isRunning(container))) {
                EngineCommand.Answer logs = working.command().run(PATIENCE, "logs", "--tail", "5", container);
                throw new NotStartedException("the service " + service.name() + " does not accept connections on "
                        + missing + ": " + logs.message() + sockets.stderr().strip());
            }
            if (!missing.isEmpty()) {
                Thread.sleep(LOOK_AGAIN);
            }
        }
    }

    private static boolean isListening(String sockets, int port) {
        String local = String.format(Locale.ROOT, ":%04X ", port);
        return sockets.lines().anyMatch(line -> line.contains(local) && line.contains(LISTENING));
    }

    private boolean isRunning(String container) throws InterruptedException {
        return inspect(container, "{{.State.Running}}").equals("true");
    }

    private String address(String container) throws InterruptedException {
        return inspect(container, "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}");
    }

    private String inspect(String container, String format) throws InterruptedException {
        return working.command()
                .run(PATIENCE, "container", "inspect", "--format", format, container)
                .stdout()
                .strip();
    }

    private void accept(String refusal, List<String> words, ContainerEnvironment environment)
            throws NotStartedException, InterruptedException {
        EngineCommand.Answer answer = working.command().run(PATIENCE, environment.ofClient(), words);
        if (!answer.accepted()) {
            throw new NotStartedException(refusal + ": " + answer.message());
        }
    }
}

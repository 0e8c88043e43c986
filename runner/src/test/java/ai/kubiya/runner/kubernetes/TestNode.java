package ai.kubiya.runner.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.kubiya.runner.testing.BusyboxImage;
import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs pods as a node of a cluster does, with podman: mounts Secrets and claims, follows limits, keeps logs. */
final class TestNode implements AutoCloseable {
    private static final List<String> PODMAN = List.of("podman", "--runtime", "runc");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([-._a-zA-Z][-._a-zA-Z0-9]*)\\)");

    private final KubernetesClient client;
    private final Path folder;
    private final Map<String, TestLog> logs = new ConcurrentHashMap<>();
    private final Map<String, Pod> pods = new ConcurrentHashMap<>();
    private final Map<String, Process> processes = new ConcurrentHashMap<>();
    private final Set<String> killed = ConcurrentHashMap.newKeySet();
    private volatile Function<String, TestLog> logMaker = pod -> new TestLog();

    TestNode(KubernetesClient client, Path folder) {
        this.client = client;
        this.folder = folder;
    }

    /** Logs of the pods to come are of this kind. */
    void logs(Function<String, TestLog> maker) {
        logMaker = maker;
    }

    void log(HttpExchange exchange) throws IOException {
        String[] parts = exchange.getRequestURI().getPath().split("/");
        TestLog log = logs.get(parts[parts.length - 2]);
        if (log == null) {
            log = new TestLog();
            log.end();
        }
        log.answer(exchange);
    }

    void run(Pod pod) {
        pods.put(pod.getMetadata().getName(), pod);
        try {
            runContainers(pod);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (KubernetesClientException gone) {
            // Somebody removed the pod while it ran.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            remove(pod);
            pods.remove(pod.getMetadata().getName());
        }
    }

    /** The tool first: it uses the network of its services. */
    private static void remove(Pod pod) {
        String name = pod.getMetadata().getName();
        List<String> words = new ArrayList<>(List.of("podman", "rm", "--force", "--ignore", "--time", "0", name));
        pod.getSpec().getInitContainers().forEach(service -> words.add(name + "-" + service.getName()));
        try {
            BusyboxImage.run(words.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runContainers(Pod pod) throws IOException, InterruptedException {
        String name = pod.getMetadata().getName();
        Secret secret = awaitSecret(pod);
        String network = "";
        for (Container service : pod.getSpec().getInitContainers()) {
            start(pod, service, secret, name + "-" + service.getName(), network, true)
                    .waitFor();
            network = "container:" + name + "-" + service.getName();
            Thread.sleep(500);
        }
        TestLog log = logMaker.apply(name);
        logs.put(name, log);
        Process process = start(pod, pod.getSpec().getContainers().getFirst(), secret, name, network, false);
        processes.put(name, process);
        status(name, running());
        copy(process.getInputStream(), log);
        int code = process.waitFor();
        String started = BusyboxImage.run("podman", "container", "inspect", "--format", "{{.State.StartedAt}}", name);
        log.end();
        status(name, ended(code, started.startsWith("0001") ? "StartError" : reason(name, code)));
        endMarked(0);
    }

    /** What the kernel killed and nobody else did had too much memory. */
    private String reason(String name, int code) {
        if (code == 137 && !killed.contains(name)) {
            return "OOMKilled";
        }
        return code == 0 ? "Completed" : "Error";
    }

    private static void copy(InputStream in, TestLog log) throws IOException {
        byte[] chunk = new byte[8192];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            log.print(chunk, count);
        }
    }

    private Secret awaitSecret(Pod pod) throws InterruptedException {
        String name = pod.getSpec().getVolumes().getFirst().getSecret().getSecretName();
        while (true) {
            Secret secret = client.secrets()
                    .inNamespace(TestCluster.NAMESPACE)
                    .withName(name)
                    .get();
            if (secret != null) {
                return secret;
            }
            Thread.sleep(20);
        }
    }

    private Process start(Pod pod, Container container, Secret secret, String name, String network, boolean detached)
            throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (EnvVar variable : container.getEnv()) {
            environment.put(
                    variable.getName(),
                    value(secret, variable.getValueFrom().getSecretKeyRef().getKey()));
        }
        List<String> words = new ArrayList<>(PODMAN);
        words.addAll(List.of("run", "--name", name, "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024"));
        words.addAll(network.isEmpty() ? List.of("--network", "none") : List.of("--network", network));
        if (detached) {
            words.add("--detach");
        }
        environment.keySet().forEach(variable -> words.addAll(List.of("--env", variable)));
        if (container.getResources() != null && container.getResources().getLimits() != null) {
            Quantity memory =
                    Objects.requireNonNull(container.getResources().getLimits().get("memory"));
            words.addAll(List.of("--memory", memory.getAmount()));
        }
        for (VolumeMount mount : container.getVolumeMounts()) {
            words.addAll(List.of(
                    "--volume",
                    place(pod, mount, secret) + ":" + mount.getMountPath()
                            + (Boolean.TRUE.equals(mount.getReadOnly()) ? ":ro" : "")));
        }
        List<String> command = container.getCommand().stream()
                .map(word -> expand(word, environment))
                .toList();
        if (!command.isEmpty()) {
            words.addAll(List.of("--entrypoint", command.getFirst()));
        }
        words.add(container.getImage());
        words.addAll(command.subList(Math.min(1, command.size()), command.size()));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** An API server that is a mock leaves it as it was sent. */
    private static String value(Secret secret, String key) {
        return secret.getStringData() == null || secret.getStringData().isEmpty()
                ? new String(
                        Base64.getDecoder()
                                .decode(Objects.requireNonNull(secret.getData().get(key))),
                        UTF_8)
                : Objects.requireNonNull(secret.getStringData().get(key));
    }

    /** As Kubernetes does it in commands. */
    private static String expand(String word, Map<String, String> environment) {
        return REFERENCE
                .matcher(word)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null ? "$" : environment.getOrDefault(found.group(1), found.group())));
    }

    private Path place(Pod pod, VolumeMount mount, Secret secret) throws IOException {
        Volume volume = pod.getSpec().getVolumes().stream()
                .filter(one -> one.getName().equals(mount.getName()))
                .findFirst()
                .orElseThrow();
        if (volume.getPersistentVolumeClaim() != null) {
            String claim = volume.getPersistentVolumeClaim().getClaimName();
            Objects.requireNonNull(client.persistentVolumeClaims()
                    .inNamespace(TestCluster.NAMESPACE)
                    .withName(claim)
                    .get());
            return Files.createDirectories(folder.resolve("claims").resolve(claim));
        }
        Path place = Files.createDirectories(
                folder.resolve(pod.getMetadata().getName()).resolve(mount.getName()));
        for (var item : volume.getSecret().getItems()) {
            Path file = place.resolve(item.getPath());
            Files.writeString(file, value(secret, item.getKey()));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return mount.getSubPath() == null ? place : place.resolve(mount.getSubPath());
    }

    static PodStatus running() {
        return new PodStatusBuilder()
                .withPhase("Running")
                .withContainerStatuses(tool().withNewState()
                        .withNewRunning()
                        .endRunning()
                        .endState()
                        .build())
                .build();
    }

    static ContainerStatusBuilder tool() {
        return new ContainerStatusBuilder().withName(PodShape.TOOL);
    }

    static PodStatus ended(int code, String reason) {
        ContainerStatus how = tool().withNewState()
                .withNewTerminated()
                .withExitCode(code)
                .withReason(reason)
                .withMessage(reason.equals("StartError") ? "no such program" : null)
                .endTerminated()
                .endState()
                .build();
        return new PodStatusBuilder()
                .withPhase(code == 0 ? "Succeeded" : "Failed")
                .withContainerStatuses(how)
                .build();
    }

    /** Says how a pod is. */
    void status(String pod, PodStatus status) {
        client.pods()
                .inNamespace(TestCluster.NAMESPACE)
                .withName(pod)
                .editStatus(now -> new PodBuilder(now).withStatus(status).build());
    }

    /** Ends the pods that somebody asked to be deleted. */
    void endMarked(long grace) {
        for (Pod pod : client.pods().inNamespace(TestCluster.NAMESPACE).list().getItems()) {
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                Thread.ofVirtual().start(() -> end(pod, grace));
            }
        }
    }

    private void end(Pod pod, long grace) {
        String name = pod.getMetadata().getName();
        try {
            if (!stop(name, grace)) {
                client.pods()
                        .inNamespace(TestCluster.NAMESPACE)
                        .withName(name)
                        .edit(now -> new PodBuilder(now)
                                .editMetadata()
                                .withFinalizers()
                                .endMetadata()
                                .build());
            }
        } catch (KubernetesClientException | NullPointerException gone) {
            // Somebody else was faster.
        }
    }

    /** Ends the processes of a pod; false when there are none. */
    boolean stop(String name, long grace) {
        Process process = processes.get(name);
        if (process == null || !process.isAlive()) {
            return false;
        }
        try {
            new ProcessBuilder("podman", "kill", "--signal", "TERM", name)
                    .start()
                    .waitFor();
            if (!process.waitFor(grace, TimeUnit.SECONDS)) {
                killed.add(name);
                new ProcessBuilder("podman", "kill", name).start().waitFor();
            }
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    @Override
    public void close() {
        pods.values().forEach(TestNode::remove);
    }
}

package ai.kubiya.runner.kubernetes;

import ai.kubiya.protocol.RunFile;
import ai.kubiya.protocol.RunLimits;
import ai.kubiya.protocol.RunService;
import ai.kubiya.protocol.RunVolume;
import ai.kubiya.protocol.ToolRun;
import ai.kubiya.runner.executor.Destination;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.HostAliasBuilder;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.KeyToPathBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the pod of a run looks like: the tool's container, and its services beside it. */
final class PodShape {
    static final String TOOL = "tool";
    static final String SERVICE = "service-";

    private static final String HOME = "/root";
    private static final String WORK = "/workspace";
    private static final int EXECUTABLE = 0755;
    private static final long END_SECONDS = 5;
    private static final int PROBES = 90;
    /** What a node must have left: tools use what they may use for a short time or not at all. */
    private static final BigDecimal ASKED_CPU = new BigDecimal("0.1");

    private static final long ASKED_DISK = 64L << 20;
    private static final String SCRIPTS = "scripts";
    private static final String FILES = "files";

    private final ToolRun run;
    private final RunSecret secret;
    private final KubernetesConfig config;
    private final String name;

    PodShape(ToolRun run, RunSecret secret, KubernetesConfig config, String name) {
        this.run = run;
        this.secret = secret;
        this.config = config;
        this.name = name;
    }

    PodSpec spec() {
        PodSpecBuilder pod = new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(!config.serviceAccount().isEmpty())
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(END_SECONDS)
                .withImagePullSecrets(config.pullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withNewSecurityContext()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                // One that restarts by itself lives as long as the tool and ends with it.
                .withInitContainers(IntStream.range(0, run.services().size())
                        .mapToObj(this::service)
                        .toList())
                .withHostAliases(aliases())
                .withContainers(tool())
                .withVolumes(volumes());
        if (!config.serviceAccount().isEmpty()) {
            pod.withServiceAccountName(config.serviceAccount());
        }
        return pod.build();
    }

    private Container tool() {
        return new ContainerBuilder()
                .withName(TOOL)
                .withImage(run.image() == null ? config.image() : run.image())
                .withCommand(command())
                .withEnv(secret.environment(takesContentAsWord()))
                .withVolumeMounts(mounts())
                .withNewResources()
                .withLimits(limits())
                .withRequests(requests())
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .endSecurityContext()
                .build();
    }

    private boolean startsDirectly() {
        return !run.entrypoint().isEmpty() && run.onStart() == null;
    }

    private boolean takesContentAsWord() {
        return startsDirectly() && run.entrypoint().getLast().equals("-c");
    }

    /** An image without a shell can still have an entrypoint. */
    private List<String> command() {
        if (!startsDirectly()) {
            return List.of("/bin/sh", RunSecret.PLACE + "/" + RunSecret.START);
        }
        // A dollar sign may begin the name of a variable here; doubled it stands for itself.
        Stream<String> entrypoint = run.entrypoint().stream().map(word -> word.replace("$", "$$"));
        String last = takesContentAsWord()
                ? "$(" + RunSecret.CONTENT_VARIABLE + ")"
                : RunSecret.PLACE + "/" + RunSecret.CONTENT;
        return Stream.concat(entrypoint, Stream.of(last)).toList();
    }

    private Map<String, Quantity> limits() {
        RunLimits limits = run.limits();
        Map<String, Quantity> most = new HashMap<>();
        most.put("memory", bytes(limits.memoryBytes()));
        most.put("ephemeral-storage", bytes(limits.diskBytes()));
        if (!config.cpu().isEmpty()) {
            most.put("cpu", new Quantity(config.cpu()));
        }
        return most;
    }

    private Map<String, Quantity> requests() {
        BigDecimal cpu = config.cpu().isEmpty()
                ? ASKED_CPU
                : Quantity.getAmountInBytes(new Quantity(config.cpu())).min(ASKED_CPU);
        return Map.of(
                "memory", bytes(run.limits().memoryBytes()),
                "ephemeral-storage", bytes(Math.min(run.limits().diskBytes(), ASKED_DISK)),
                "cpu", new Quantity(cpu.stripTrailingZeros().toPlainString()));
    }

    private static Quantity bytes(long count) {
        return new Quantity(Long.toString(count));
    }

    private List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(ofSecret(
                SCRIPTS,
                Stream.of(RunSecret.CONTENT, RunSecret.START, RunSecret.ON_START)
                        .filter(secret.data()::containsKey)));
        if (!run.files().isEmpty()) {
            volumes.add(ofSecret(FILES, IntStream.range(0, run.files().size()).mapToObj(RunSecret::file)));
        }
        for (int i = 0; i < run.volumes().size(); i++) {
            volumes.add(new VolumeBuilder()
                    .withName(volume(i))
                    .withNewPersistentVolumeClaim(
                            JobObjects.claimName(run.volumes().get(i)), false)
                    .build());
        }
        return volumes;
    }

    private Volume ofSecret(String volume, Stream<String> parts) {
        return new VolumeBuilder()
                .withName(volume)
                .withNewSecret()
                .withSecretName(name)
                .withDefaultMode(EXECUTABLE)
                .withItems(parts.map(PodShape::item).toList())
                .endSecret()
                .build();
    }

    private static KeyToPath item(String part) {
        return new KeyToPathBuilder().withKey(part).withPath(part).build();
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(mount(SCRIPTS, RunSecret.PLACE, null, true));
        for (int i = 0; i < run.files().size(); i++) {
            RunFile file = run.files().get(i);
            mounts.add(mount(FILES, Destination.of(file.destination(), HOME, WORK), RunSecret.file(i), true));
        }
        for (int i = 0; i < run.volumes().size(); i++) {
            RunVolume volume = run.volumes().get(i);
            mounts.add(mount(volume(i), volume.path(), null, false));
        }
        return mounts;
    }

    private static String volume(int number) {
        return "volume" + number;
    }

    private static VolumeMount mount(String volume, String path, @Nullable String part, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withSubPath(part)
                .withReadOnly(readOnly)
                .build();
    }

    private Container service(int number) {
        RunService service = run.services().get(number);
        ContainerBuilder container = new ContainerBuilder()
                .withName(SERVICE + number)
                .withImage(service.image())
                .withRestartPolicy("Always")
                .withEnv(secret.environmentOfService(number));
        if (!service.exposedPorts().isEmpty()) {
            // The tool's container begins when this has succeeded. There is room for one port in it.
            container
                    .withNewStartupProbe()
                    .withNewTcpSocket()
                    .withNewPort(service.exposedPorts().getFirst())
                    .endTcpSocket()
                    .withPeriodSeconds(1)
                    .withFailureThreshold(PROBES)
                    .endStartupProbe();
        }
        return container.build();
    }

    /** All containers of a pod have one address. */
    private List<HostAlias> aliases() {
        return run.services().isEmpty()
                ? List.of()
                : List.of(new HostAliasBuilder()
                        .withIp("127.0.0.1")
                        .withHostnames(
                                run.services().stream().map(RunService::name).toList())
                        .build());
    }
}

package ai.kubiya.runner.kubernetes;

import ai.kubiya.protocol.RunFile;
import ai.kubiya.protocol.RunLimits;
import ai.kubiya.protocol.RunService;
import ai.kubiya.protocol.RunVolume;
import ai.kubiya.protocol.ToolRun;
import ai.kubiya.runner.executor.Job;
import ai.kubiya.runner.script.ContentStart;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HostAliasBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The objects of Kubernetes that make up one run. */
final class JobObjects {
    static final String EXECUTION_LABEL = "kubiya.ai/execution";
    static final String NODE_LABEL = "kubiya.ai/runner-instance";
    static final String TOOL = "tool";
    static final String SERVICE = "service-";

    private static final String PLACE = "/kubiya";
    private static final String HOME = "/root";
    private static final String WORK = "/workspace";
    private static final int EXECUTABLE = 0755;
    private static final int KEPT_SECONDS = 600;
    /** The runner stops a run that is out of time; this is for runs whose runner is gone. */
    private static final int DEADLINE_SPARE_SECONDS = 900;

    private final Job job;
    private final ToolRun run;
    private final KubernetesConfig config;
    private final String namespace;
    private final String node;
    private final String name;

    JobObjects(Job job, KubernetesConfig config, String namespace, String node) {
        this.job = job;
        this.run = job.run();
        this.config = config;
        this.namespace = namespace;
        this.node = node;
        this.name = "kubiya-" + UUID.randomUUID();
    }

    String name() {
        return name;
    }

    private Map<String, String> labels() {
        return Map.of(EXECUTION_LABEL, job.executionId().toString(), NODE_LABEL, node);
    }

    /** What the pod reads and nobody else may: scripts, files, values of secrets. */
    Secret secret(OwnerReference owner) {
        Map<String, String> data = new HashMap<>();
        data.put("tool", job.content());
        data.put("start", new ContentStart(run, job.content(), PLACE).searchingScript());
        if (run.onStart() != null) {
            data.put("on_start", run.onStart());
        }
        for (int i = 0; i < run.files().size(); i++) {
            data.put("file" + i, run.files().get(i).content());
        }
        run.secrets().forEach((variable, value) -> data.put("env." + variable, value));
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(labels())
                .withOwnerReferences(owner)
                .endMetadata()
                .withType("Opaque")
                .withStringData(data)
                .build();
    }

    /** Lets nothing in and nothing out, where the cluster's network heeds such things. Null when that is not wanted. */
    @Nullable
    NetworkPolicy policy(OwnerReference owner) {
        if (!Boolean.FALSE.equals(run.network())) {
            return null;
        }
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(labels())
                .withOwnerReferences(owner)
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(labels())
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .endSpec()
                .build();
    }

    /** Claims of the tool's volumes; they stay. */
    List<PersistentVolumeClaim> claims() {
        return run.volumes().stream().map(this::claim).toList();
    }

    private PersistentVolumeClaim claim(RunVolume volume) {
        var claim = new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(claimName(volume))
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity(Long.toString(run.limits().diskBytes()))))
                .endResources()
                .endSpec();
        if (!config.storageClass().isEmpty()) {
            claim.editSpec().withStorageClassName(config.storageClass()).endSpec();
        }
        return claim.build();
    }

    /** The same volume of the same organisation has the same name. */
    private static String claimName(RunVolume volume) {
        String readable = volume.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String end = readable.length() <= 30 ? readable : readable.substring(readable.length() - 30);
        return "kubiya-" + UUID.nameUUIDFromBytes(volume.name().getBytes(StandardCharsets.UTF_8))
                + "-" + end.replaceAll("^-+|-+$", "");
    }

    io.fabric8.kubernetes.api.model.batch.v1.Job job() {
        return new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(labels())
                .addToAnnotations("kubiya.ai/tool", run.tool())
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(0)
                .withTtlSecondsAfterFinished(KEPT_SECONDS)
                .withActiveDeadlineSeconds(run.limits().timeout().toSeconds() + DEADLINE_SPARE_SECONDS)
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels())
                .endMetadata()
                .withSpec(pod())
                .endTemplate()
                .endSpec()
                .build();
    }

    private PodSpec pod() {
        PodSpecBuilder pod = new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(5L)
                .withImagePullSecrets(config.pullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withNewSecurityContext()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addToContainers(tool());
        if (!config.serviceAccount().isEmpty()) {
            pod.withServiceAccountName(config.serviceAccount());
        }
        pod.addToVolumes(
                new VolumeBuilder()
                        .withName("run")
                        .withNewSecret()
                        .withSecretName(name)
                        .withDefaultMode(EXECUTABLE)
                        .endSecret()
                        .build(),
                new VolumeBuilder()
                        .withName("work")
                        .withNewEmptyDir()
                        .withSizeLimit(bytes(run.limits().diskBytes()))
                        .endEmptyDir()
                        .build());
        for (int i = 0; i < run.volumes().size(); i++) {
            pod.addToVolumes(new VolumeBuilder()
                    .withName("volume" + i)
                    .withNewPersistentVolumeClaim(claimName(run.volumes().get(i)), false)
                    .build());
        }
        for (int i = 0; i < run.services().size(); i++) {
            // A companion that restarts by itself lives as long as the tool and ends with it.
            pod.addToInitContainers(service(run.services().get(i), i));
            pod.addToHostAliases(new HostAliasBuilder()
                    .withIp("127.0.0.1")
                    .withHostnames(run.services().get(i).name())
                    .build());
        }
        return pod.build();
    }

    private Container tool() {
        ContainerBuilder container = new ContainerBuilder()
                .withName(TOOL)
                .withImage(run.image() == null ? config.image() : run.image())
                .withWorkingDir(WORK)
                .withEnv(environment())
                .withVolumeMounts(mounts())
                .withNewResources()
                .withLimits(limits(run.limits()))
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .endSecurityContext();
        if (run.entrypoint().isEmpty() || run.onStart() != null) {
            container.withCommand("/bin/sh", PLACE + "/start");
        } else {
            List<String> words = new ArrayList<>(run.entrypoint());
            words.add(words.getLast().equals("-c") ? job.content() : PLACE + "/tool");
            // A dollar and a parenthesis would name a variable here; doubled they stand for themselves.
            container.withCommand(words.stream().map(word -> word.replace("$(", "$$(")).toList());
        }
        return container.build();
    }

    private static Map<String, Quantity> limits(RunLimits limits) {
        return Map.of("memory", bytes(limits.memoryBytes()), "ephemeral-storage", bytes(limits.diskBytes()));
    }

    private static Quantity bytes(long count) {
        return new Quantity(Long.toString(count));
    }

    private List<EnvVar> environment() {
        List<EnvVar> variables = new ArrayList<>();
        job.environment().forEach((variable, value) -> {
            EnvVarBuilder one = new EnvVarBuilder().withName(variable);
            if (run.secrets().containsKey(variable)) {
                one.withNewValueFrom()
                        .withNewSecretKeyRef("env." + variable, name, false)
                        .endValueFrom();
            } else {
                one.withValue(value.replace("$(", "$$("));
            }
            variables.add(one.build());
        });
        return variables;
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(mount("run", PLACE, null, true));
        mounts.add(mount("work", WORK, null, false));
        for (int i = 0; i < run.files().size(); i++) {
            RunFile file = run.files().get(i);
            mounts.add(mount("run", destination(file.destination()), "file" + i, true));
        }
        for (int i = 0; i < run.volumes().size(); i++) {
            mounts.add(mount("volume" + i, run.volumes().get(i).path(), null, false));
        }
        return mounts;
    }

    private static String destination(String written) {
        String path = written.equals("~") || written.startsWith("~/") ? HOME + written.substring(1) : written;
        return Path.of(WORK).resolve(path).normalize().toString();
    }

    private static VolumeMount mount(String volume, String path, @Nullable String part, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withSubPath(part)
                .withReadOnly(readOnly)
                .build();
    }

    private static Container service(RunService service, int number) {
        ContainerBuilder container = new ContainerBuilder()
                .withName(SERVICE + number)
                .withImage(service.image())
                .withRestartPolicy("Always")
                .withEnv(service.environment().entrySet().stream()
                        .map(entry -> new EnvVarBuilder()
                                .withName(entry.getKey())
                                .withValue(entry.getValue().replace("$(", "$$("))
                                .build())
                        .toList());
        if (!service.exposedPorts().isEmpty()) {
            container
                    .withNewStartupProbe()
                    .withNewTcpSocket()
                    .withNewPort(service.exposedPorts().getFirst())
                    .endTcpSocket()
                    .withPeriodSeconds(1)
                    .withFailureThreshold(90)
                    .endStartupProbe();
        }
        return container.build();
    }
}

package ai.kubiya.runner.kubernetes;

import ai.kubiya.protocol.RunVolume;
import ai.kubiya.protocol.ToolRun;
import ai.kubiya.runner.executor.NotStartedException;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The objects of Kubernetes that make up one run. They belong to the Job and go with it, whatever becomes of the runner;
 * claims of volumes stay.
 */
final class JobObjects {
    /** Kept by those Jobs alone whose runner does not come back. */
    private static final int KEPT_SECONDS = 600;
    /** The runner stops a run that is out of time; this is for runs whose runner is gone. */
    private static final int SPARE_SECONDS = 900;

    private static final int LONGEST_WORD = 30;
    private static final String WHEN_FAILED = "Failed";

    private final ai.kubiya.runner.executor.Job job;
    private final ToolRun run;
    private final KubernetesConfig config;
    private final RunnerLabels runner;
    private final String namespace;
    private final String name;
    private final RunSecret secret;

    JobObjects(ai.kubiya.runner.executor.Job job, KubernetesConfig config, RunnerLabels runner, String namespace)
            throws NotStartedException {
        this.job = job;
        this.run = job.run();
        this.config = config;
        this.runner = runner;
        this.namespace = namespace;
        this.name = "kubiya-" + UUID.randomUUID();
        this.secret = RunSecret.of(job, name);
    }

    /** All of them but the claims have this name. */
    String name() {
        return name;
    }

    private Map<String, String> labels() {
        return runner.of(name, job.executionId());
    }

    private ObjectMeta metadata(OwnerReference owner) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(labels())
                .withOwnerReferences(owner)
                .build();
    }

    static OwnerReference owner(Job made) {
        return new OwnerReferenceBuilder()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(made.getMetadata().getName())
                .withUid(made.getMetadata().getUid())
                .build();
    }

    Job job() {
        long seconds =
                run.limits().timeout().toSeconds() + config.longestStart().toSeconds() + SPARE_SECONDS;
        return new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(labels())
                .addToAnnotations("kubiya.ai/tool", run.tool())
                .withOwnerReferences(runner.ownPod(namespace).stream().toList())
                .endMetadata()
                .withNewSpec()
                // A tool may have had effects: its pod is never made again, also not when a node is drained.
                .withBackoffLimit(0)
                .withPodReplacementPolicy(WHEN_FAILED)
                .withTtlSecondsAfterFinished(KEPT_SECONDS)
                .withActiveDeadlineSeconds(seconds)
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels())
                .endMetadata()
                .withSpec(new PodShape(run, secret, config, name).spec())
                .endTemplate()
                .endSpec()
                .build();
    }

    /** False in clusters before 1.29, which drop that wish: they make another pod when somebody deletes the first. */
    static boolean isNeverMadeAgain(Job made) {
        return WHEN_FAILED.equals(made.getSpec().getPodReplacementPolicy());
    }

    Secret secret(OwnerReference owner) {
        return new SecretBuilder()
                .withMetadata(metadata(owner))
                .withType("Opaque")
                .withImmutable(true)
                .withStringData(secret.data())
                .build();
    }

    /** Lets nothing in and nothing out, where the cluster's network heeds such policies. */
    Optional<NetworkPolicy> policy(OwnerReference owner) {
        if (!Boolean.FALSE.equals(run.network())) {
            return Optional.empty();
        }
        return Optional.of(new NetworkPolicyBuilder()
                .withMetadata(metadata(owner))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Map.of(RunnerLabels.RUN, name))
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .endSpec()
                .build());
    }

    List<PersistentVolumeClaim> claims() {
        return run.volumes().stream().map(this::claim).toList();
    }

    private PersistentVolumeClaim claim(RunVolume volume) {
        var claim = new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(claimName(volume))
                .withNamespace(namespace)
                .addToLabels("app.kubernetes.io/managed-by", "kubiya")
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .withRequests(Map.of(
                        "storage", new Quantity(Long.toString(run.limits().diskBytes()))))
                .endResources()
                .endSpec();
        if (!config.storageClass().isEmpty()) {
            claim.editSpec().withStorageClassName(config.storageClass()).endSpec();
        }
        return claim.build();
    }

    /** The same volume of the same organisation has the same name, and no other has it. */
    static String claimName(RunVolume volume) {
        String readable = volume.name()
                .substring(volume.name().lastIndexOf('/') + 1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String word =
                readable.substring(0, Math.min(readable.length(), LONGEST_WORD)).replaceAll("^-+|-+$", "");
        UUID all = UUID.nameUUIDFromBytes(volume.name().getBytes(StandardCharsets.UTF_8));
        return "kubiya-" + all + (word.isEmpty() ? "" : "-" + word);
    }
}

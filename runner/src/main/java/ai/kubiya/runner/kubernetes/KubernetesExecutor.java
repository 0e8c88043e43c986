package ai.kubiya.runner.kubernetes;

import ai.kubiya.runner.executor.Executor;
import ai.kubiya.runner.executor.Job;
import ai.kubiya.runner.executor.NotStartedException;
import ai.kubiya.runner.executor.RunningTool;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tools as Jobs of a cluster. */
public final class KubernetesExecutor implements Executor {
    private static final Logger log = LoggerFactory.getLogger(KubernetesExecutor.class);
    private static final String NAME = "kubernetes";
    private static final String DEFAULT_NAMESPACE = "default";

    private final KubernetesClient client;
    private final KubernetesConfig config;
    private final String namespace;
    private final String node;

    /**
     * Runs tools in the cluster of a client.
     *
     * @param node names this runner, so that it finds what an earlier process of it left behind
     */
    public KubernetesExecutor(KubernetesClient client, KubernetesConfig config, String node) {
        this.client = client;
        this.config = config;
        this.namespace = namespace(client, config);
        this.node = node.replaceAll("[^A-Za-z0-9_.-]", "-");
    }

    private static String namespace(KubernetesClient client, KubernetesConfig config) {
        if (!config.namespace().isEmpty()) {
            return config.namespace();
        }
        String own = client.getNamespace();
        return own == null ? DEFAULT_NAMESPACE : own;
    }

    /** Connects to the cluster that this process is in, or that the kubeconfig names. */
    public static KubernetesExecutor connect(KubernetesConfig config, String node) {
        return new KubernetesExecutor(new KubernetesClientBuilder().build(), config, node);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean runsImages() {
        return true;
    }

    /** Why no Jobs can be made now; empty when they can, as far as can be told without making one. */
    public String problem() {
        try {
            client.batch()
                    .v1()
                    .jobs()
                    .inNamespace(namespace)
                    .withLabel(JobObjects.NODE_LABEL, node)
                    .list();
            return "";
        } catch (KubernetesClientException e) {
            return "the cluster does not answer, or lets this runner have no jobs in the namespace " + namespace + ": "
                    + e.getMessage();
        }
    }

    /** Removes the Jobs that a runner of this name left behind when it was killed. */
    public void removeLeftovers() {
        try {
            client.batch()
                    .v1()
                    .jobs()
                    .inNamespace(namespace)
                    .withLabel(JobObjects.NODE_LABEL, node)
                    .delete();
            client.secrets()
                    .inNamespace(namespace)
                    .withLabel(JobObjects.NODE_LABEL, node)
                    .delete();
        } catch (KubernetesClientException e) {
            log.warn("cannot remove left-over jobs: {}", e.getMessage());
        }
    }

    @Override
    public RunningTool start(Job job) throws NotStartedException, InterruptedException {
        JobObjects objects = new JobObjects(job, config, namespace, node);
        PodRun run = new PodRun(client, namespace, objects.name(), job.run().limits());
        boolean started = false;
        try {
            create(objects);
            run.awaitStart();
            started = true;
            return run;
        } catch (KubernetesClientException e) {
            throw new NotStartedException("the job cannot be made: " + e.getMessage(), e);
        } finally {
            if (!started) {
                run.close();
            }
        }
    }

    /** The Job first: the others belong to it and go with it, whatever becomes of this process. */
    private void create(JobObjects objects) {
        for (PersistentVolumeClaim claim : objects.claims()) {
            String name = claim.getMetadata().getName();
            if (client.persistentVolumeClaims()
                            .inNamespace(namespace)
                            .withName(name)
                            .get()
                    == null) {
                client.resource(claim).createOr(existing -> existing.item());
            }
        }
        var made = client.resource(objects.job()).create();
        OwnerReference owner = new OwnerReferenceBuilder()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(objects.name())
                .withUid(made.getMetadata().getUid())
                .build();
        NetworkPolicy policy = objects.policy(owner);
        if (policy != null) {
            client.resource(policy).create();
        }
        // The pod waits for it.
        client.resource(objects.secret(owner)).create();
    }
}

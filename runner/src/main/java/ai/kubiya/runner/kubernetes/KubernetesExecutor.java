package ai.kubiya.runner.kubernetes;

import ai.kubiya.protocol.ToolRun;
import ai.kubiya.runner.executor.Cluster;
import ai.kubiya.runner.executor.Job;
import ai.kubiya.runner.executor.NotStartedException;
import ai.kubiya.runner.executor.RunningTool;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Filterable;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tools as Jobs of a cluster. */
public final class KubernetesExecutor implements Cluster {
    private static final Logger log = LoggerFactory.getLogger(KubernetesExecutor.class);
    private static final String NAME = "kubernetes";
    private static final String DEFAULT_NAMESPACE = "default";
    private static final int CONNECT_MILLIS = 5_000;
    private static final int TRIES = 3;
    private static final long LOOK_AGAIN = Duration.ofSeconds(15).toNanos();

    private final KubernetesClient client;
    private final KubernetesConfig config;
    private final String namespace;
    private final RunnerLabels labels;
    private final AtomicBoolean leftoversMayBeThere = new AtomicBoolean(true);
    private String problem = "";
    private long lookedAt;

    private KubernetesExecutor(KubernetesClient client, KubernetesConfig config, RunnerLabels labels) {
        this.client = client;
        this.config = config;
        this.namespace = namespace(client, config);
        this.labels = labels;
    }

    private static String namespace(KubernetesClient client, KubernetesConfig config) {
        if (!config.namespace().isEmpty()) {
            return config.namespace();
        }
        String own = client.getNamespace();
        return own == null ? DEFAULT_NAMESPACE : own;
    }

    /**
     * Connects a runner to the cluster that its process is in, or that the kubeconfig names. The runner's name finds again
     * what an earlier process of it left behind.
     */
    public static Function<String, Cluster> of(KubernetesConfig config) {
        return node -> with(Config.autoConfigure(config.context().isEmpty() ? null : config.context()), config, node);
    }

    /** Connects a runner to a cluster that is known. */
    static KubernetesExecutor with(Config found, KubernetesConfig config, String node) {
        Config connection = new ConfigBuilder(found)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestRetryBackoffLimit(TRIES)
                // Logs that nobody reads for a while would hold up everything else on a connection they share.
                .withHttp2Disable(true)
                .build();
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(connection)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
        return new KubernetesExecutor(client, config, RunnerLabels.of(node, RunnerLabels.Pod.of(System.getenv())));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean runsImages() {
        return true;
    }

    /** Asked with every heartbeat, which must not wait long: the answer is kept for a while. */
    @Override
    public synchronized String problem() {
        long now = System.nanoTime();
        if (lookedAt == 0 || now - lookedAt > LOOK_AGAIN) {
            problem = look();
            lookedAt = System.nanoTime();
        }
        return problem;
    }

    private String look() {
        RequestConfig once = new RequestConfigBuilder()
                .withRequestTimeout(CONNECT_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build();
        try {
            client.newClient(once)
                    .adapt(KubernetesClient.class)
                    .batch()
                    .v1()
                    .jobs()
                    .inNamespace(namespace)
                    .withLabel(RunnerLabels.PROCESS, labels.process())
                    .list();
            return "";
        } catch (KubernetesClientException e) {
            return Refusal.sentence("see jobs", namespace, e);
        }
    }

    @Override
    public void removeLeftovers() {
        try {
            remove(client.batch().v1().jobs().inNamespace(namespace));
            remove(client.pods().inNamespace(namespace));
            remove(client.secrets().inNamespace(namespace));
            remove(client.network().v1().networkPolicies().inNamespace(namespace));
            leftoversMayBeThere.set(false);
        } catch (KubernetesClientException e) {
            log.warn("what was left in the cluster is removed later: {}", Refusal.words(e));
        }
    }

    private <T extends HasMetadata> void remove(Filterable<? extends FilterWatchListDeletable<T, ?, ?>> all) {
        all.withLabel(RunnerLabels.INSTANCE, labels.instance())
                .withoutLabel(RunnerLabels.PROCESS, labels.process())
                .delete();
    }

    @Override
    public RunningTool start(Job job) throws NotStartedException, InterruptedException {
        if (leftoversMayBeThere.get()) {
            removeLeftovers();
        }
        ToolRun run = job.run();
        JobObjects wanted = new JobObjects(job, config, labels, namespace);
        RunObjects objects = new RunObjects(client, namespace, wanted.name());
        boolean started = false;
        try {
            var made = objects.create(wanted);
            requireServices(made, run);
            PodState state = new PodStart(objects, run.services(), config.longestStart()).await();
            if (!JobObjects.isNeverMadeAgain(made)) {
                objects.deleteSecret();
            }
            RunningTool tool = new PodRun(objects, state, run.limits()).start();
            started = true;
            return tool;
        } catch (KubernetesClientException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new NotStartedException(Refusal.sentence("make a job", namespace, e), e);
        } finally {
            if (!started) {
                objects.deleteAll();
            }
        }
    }

    /** An older cluster drops what it does not know, and would wait for ever for such a service to end. */
    private static void requireServices(io.fabric8.kubernetes.api.model.batch.v1.Job made, ToolRun run)
            throws NotStartedException {
        List<Container> beside = made.getSpec().getTemplate().getSpec().getInitContainers();
        boolean known = beside.stream().allMatch(container -> Objects.equals(container.getRestartPolicy(), "Always"));
        if (!run.services().isEmpty() && !known) {
            throw new NotStartedException(
                    "this cluster cannot run services beside a tool: that needs Kubernetes 1.29 or later");
        }
    }
}

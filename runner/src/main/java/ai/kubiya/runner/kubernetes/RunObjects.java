package ai.kubiya.runner.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of one run is in the cluster. */
final class RunObjects {
    private static final Logger log = LoggerFactory.getLogger(RunObjects.class);
    private static final long AT_ONCE = 1;

    private final KubernetesClient client;
    private final String namespace;
    private final String name;

    RunObjects(KubernetesClient client, String namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    /** The Job first, because the others belong to it. Its pod waits for the Secret. */
    Job create(JobObjects objects) {
        objects.claims().forEach(this::createWhenNew);
        Job made = createOnce(objects.job())
                .orElseGet(() -> client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .withName(name)
                        .require());
        OwnerReference owner = JobObjects.owner(made);
        objects.policy(owner).ifPresent(this::createOnce);
        createOnce(objects.secret(owner));
        return made;
    }

    /** Empty when it is there: names are of one run alone, so that this call made it, and its answer was lost. */
    private <T extends HasMetadata> Optional<T> createOnce(T wanted) {
        try {
            return Optional.of(client.resource(wanted).create());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Another run may have made it just now. */
    private void createWhenNew(PersistentVolumeClaim claim) {
        if (client.resource(claim).get() == null) {
            createOnce(claim);
        }
    }

    Optional<Pod> pod() {
        return client.pods().inNamespace(namespace).withLabel(RunnerLabels.RUN, name).list().getItems().stream()
                .findFirst();
    }

    Optional<Pod> pod(String pod) {
        return Optional.ofNullable(
                client.pods().inNamespace(namespace).withName(pod).get());
    }

    boolean isJobThere() {
        return client.batch().v1().jobs().inNamespace(namespace).withName(name).get() != null;
    }

    /** Why the cluster makes no pod for the Job; empty when it says nothing, or not to this runner. */
    Optional<String> whyNoPod() {
        try {
            return client
                    .v1()
                    .events()
                    .inNamespace(namespace)
                    .withField("involvedObject.name", name)
                    .list()
                    .getItems()
                    .stream()
                    .filter(event -> Objects.equals(event.getReason(), "FailedCreate"))
                    .map(event -> String.valueOf(event.getMessage()))
                    .reduce((earlier, later) -> later);
        } catch (KubernetesClientException e) {
            log.debug("the events of {} cannot be read: {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    /** The last that a container printed. */
    String tail(String pod, String container) {
        try {
            return client.pods()
                    .inNamespace(namespace)
                    .withName(pod)
                    .inContainer(container)
                    .tailingLines(5)
                    .getLog()
                    .strip();
        } catch (KubernetesClientException e) {
            return "";
        }
    }

    /** Asks the tool to end. The Job goes first, so that it has no reason to make another pod. */
    void end() {
        deleteJob();
        surely("end", () -> pods().delete());
    }

    /** Ends the tool without more ado. */
    void kill() {
        deleteJob();
        surely("end", () -> pods().withGracePeriod(AT_ONCE).delete());
    }

    /** What a second pod of the run could not begin without. */
    void deleteSecret() {
        surely(
                "remove",
                () -> client.secrets().inNamespace(namespace).withName(name).delete());
    }

    void deleteAll() {
        deleteJob();
        // Where nobody collects what belongs to a Job that is gone, and where no Job was made.
        surely("remove", () -> pods().withGracePeriod(AT_ONCE).delete());
        deleteSecret();
        surely(
                "remove",
                () -> client.network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(namespace)
                        .withName(name)
                        .delete());
    }

    private FilterWatchListDeletable<Pod, PodList, PodResource> pods() {
        return client.pods().inNamespace(namespace).withLabel(RunnerLabels.RUN, name);
    }

    private void deleteJob() {
        surely(
                "remove",
                () -> client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .withName(name)
                        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete());
    }

    /** Also when the caller is interrupted. */
    private void surely(String what, Runnable action) {
        boolean interrupted = Thread.interrupted();
        try {
            action.run();
        } catch (KubernetesClientException e) {
            log.warn("cannot {} {} in the cluster: {}", what, name, Refusal.words(e));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

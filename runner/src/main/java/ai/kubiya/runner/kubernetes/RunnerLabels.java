package ai.kubiya.runner.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How the objects of a runner are found again.
 *
 * @param instance names the runner, the same after a restart
 * @param process names this process of it: what has another one was left behind
 * @param pod this process's own pod, when it is in one that knows its name
 */
record RunnerLabels(String instance, String process, Optional<Pod> pod) {
    static final String RUN = "kubiya.ai/run";
    static final String INSTANCE = "kubiya.ai/runner-instance";
    static final String PROCESS = "kubiya.ai/runner-process";
    private static final String EXECUTION = "kubiya.ai/execution";
    private static final int LONGEST = 63;

    /** A pod; what belongs to it goes with it. */
    record Pod(String namespace, String name, String uid) {

        /** As the manifest of a runner tells it. */
        static Optional<Pod> of(Map<String, String> environment) {
            Pod pod = new Pod(
                    environment.getOrDefault("KUBIYA_POD_NAMESPACE", ""),
                    environment.getOrDefault("KUBIYA_POD_NAME", ""),
                    environment.getOrDefault("KUBIYA_POD_UID", ""));
            return pod.namespace.isEmpty() || pod.name.isEmpty() || pod.uid.isEmpty()
                    ? Optional.empty()
                    : Optional.of(pod);
        }
    }

    static RunnerLabels of(String node, Optional<Pod> pod) {
        String word = node.replaceAll("[^A-Za-z0-9_.-]", "-").replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
        boolean fits = word.equals(node) && !word.isEmpty() && word.length() <= LONGEST;
        String instance = fits
                ? word
                : UUID.nameUUIDFromBytes(node.getBytes(StandardCharsets.UTF_8)).toString();
        return new RunnerLabels(instance, UUID.randomUUID().toString(), pod);
    }

    Map<String, String> of(String run, UUID execution) {
        return Map.of(
                RUN,
                run,
                EXECUTION,
                execution.toString(),
                INSTANCE,
                instance,
                PROCESS,
                process,
                "app.kubernetes.io/managed-by",
                "kubiya");
    }

    /** The owner of Jobs: an object can only belong to one of its own namespace. */
    Optional<OwnerReference> ownPod(String namespace) {
        return pod.filter(own -> own.namespace().equals(namespace))
                .map(own -> new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Pod")
                        .withName(own.name())
                        .withUid(own.uid())
                        .build());
    }
}

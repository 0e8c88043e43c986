package ai.kubiya.runner.kubernetes;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.runner.executor.NotStartedException;
import ai.kubiya.runner.executor.RunningTool;
import ai.kubiya.runner.limit.LimitHit;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tool in the pod of its Job. */
final class PodRun implements RunningTool {
    private static final Logger log = LoggerFactory.getLogger(PodRun.class);
    private static final Duration LOOK = Duration.ofMillis(300);
    /** Pulling a large image onto a new node takes a while. */
    private static final Duration LONGEST_START = Duration.ofMinutes(15);

    private static final Set<String> HOPELESS = Set.of(
            "InvalidImageName",
            "ErrImageNeverPull",
            "ImagePullBackOff",
            "CreateContainerError",
            "RunContainerError",
            "ImageInspectError");
    private static final int KILLED = 137;
    private static final int NOT_FOUND = 127;

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final RunLimits limits;
    private final PodProcess process = new PodProcess(this::kill);
    private final Thread follower = Thread.ofVirtual().name("pod-log").unstarted(this::follow);
    private volatile @Nullable ContainerStateTerminated end;
    private volatile String podReason = "";
    private volatile String podName = "";

    PodRun(KubernetesClient client, String namespace, String name, RunLimits limits) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
        this.limits = limits;
    }

    /** Waits until the tool's container has begun. */
    void awaitStart() throws NotStartedException, InterruptedException {
        long until = System.nanoTime() + LONGEST_START.toNanos();
        String last = "the job has no pod";
        while (System.nanoTime() < until) {
            Optional<Pod> pod = pod();
            if (pod.isPresent()) {
                podName = pod.get().getMetadata().getName();
                if (hasBegun(pod.get())) {
                    follower.start();
                    return;
                }
                last = refuseHopeless(pod.get());
            }
            Thread.sleep(LOOK);
        }
        throw new NotStartedException(
                "the pod did not start within " + LONGEST_START.toMinutes() + " minutes: " + last);
    }

    private static boolean hasBegun(Pod pod) {
        return tool(pod)
                .map(ContainerStatus::getState)
                .map(state -> state.getRunning() != null || state.getTerminated() != null)
                .orElse(isOver(pod));
    }

    private static boolean isOver(Pod pod) {
        String phase = pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
        return phase.equals("Failed") || phase.equals("Succeeded");
    }

    private static Optional<ContainerStatus> tool(Pod pod) {
        return statuses(pod)
                .filter(status -> status.getName().equals(JobObjects.TOOL))
                .findFirst();
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        return pod.getStatus() == null
                ? Stream.of()
                : Stream.concat(
                        pod.getStatus().getContainerStatuses().stream(),
                        pod.getStatus().getInitContainerStatuses().stream());
    }

    /** What the pod waits for, when that can still come. */
    private static String refuseHopeless(Pod pod) throws NotStartedException {
        String waitsFor = "it waits for a node";
        for (ContainerStatus status : statuses(pod).toList()) {
            ContainerState state = status.getState();
            if (state != null && state.getWaiting() != null) {
                String reason = String.valueOf(state.getWaiting().getReason());
                String message = state.getWaiting().getMessage();
                waitsFor = reason + (message == null ? "" : ": " + message);
                if (HOPELESS.contains(reason)) {
                    throw new NotStartedException("the container with the image " + status.getImage()
                            + " cannot be started: " + waitsFor);
                }
            }
        }
        return waitsFor;
    }

    private Optional<Pod> pod() {
        List<Pod> pods = client.pods()
                .inNamespace(namespace)
                .withLabel("job-name", name)
                .list()
                .getItems();
        return pods.stream().findFirst();
    }

    /** Brings what the container prints, then how it ended. */
    private void follow() {
        try (PodLog lines = new PodLog(client, namespace, podName)) {
            boolean over = false;
            while (!over) {
                // Asked before the log is read: what has ended now has printed everything now.
                over = lookForEnd();
                lines.copyTo(process.log(), !over);
                if (!over) {
                    Thread.sleep(LOOK);
                }
            }
        } catch (IOException e) {
            log.debug("nobody reads what {} prints any more", podName);
        } catch (InterruptedException closed) {
            log.debug("{} is not followed any more", podName);
        } finally {
            closeQuietly();
            ContainerStateTerminated how = end;
            process.ended(how == null || how.getExitCode() == null ? KILLED : how.getExitCode());
        }
    }

    private void closeQuietly() {
        try {
            process.log().close();
        } catch (IOException e) {
            log.debug("closed already");
        }
    }

    private boolean lookForEnd() {
        try {
            Optional<Pod> pod = pod();
            if (pod.isEmpty()) {
                return true;
            }
            podReason = pod.get().getStatus() == null
                    ? ""
                    : String.valueOf(pod.get().getStatus().getReason());
            Optional<ContainerStateTerminated> terminated =
                    tool(pod.get()).map(ContainerStatus::getState).map(ContainerState::getTerminated);
            terminated.ifPresent(how -> end = how);
            return terminated.isPresent() || isOver(pod.get());
        } catch (KubernetesClientException e) {
            log.warn("the cluster does not say how {} is: {}", podName, e.getMessage());
            return false;
        }
    }

    @Override
    public Process process() {
        return process;
    }

    /** The cluster watches its limits itself. */
    @Override
    public Optional<LimitHit> check() {
        return Optional.empty();
    }

    @Override
    public Optional<LimitHit> checkAfterEnd(boolean diskFull) {
        ContainerStateTerminated how = end;
        if (how != null && "OOMKilled".equals(how.getReason())) {
            return Optional.of(LimitHit.memory(limits));
        }
        if (podReason.equals("Evicted")) {
            return Optional.of(LimitHit.disk(limits));
        }
        return podReason.equals("DeadlineExceeded") ? Optional.of(LimitHit.time(limits)) : Optional.empty();
    }

    @Override
    public Optional<String> startFailure(int exitCode) {
        ContainerStateTerminated how = end;
        boolean refused = how != null
                && exitCode >= NOT_FOUND - 1
                && List.of("StartError", "ContainerCannotRun").contains(String.valueOf(how.getReason()));
        return refused
                ? Optional.of("the container could not be started: " + String.valueOf(how.getMessage()))
                : Optional.empty();
    }

    /** The pod is asked to end and killed after its grace period. */
    @Override
    public void terminate() {
        surely(() -> client.pods().inNamespace(namespace).withLabel("job-name", name).delete());
    }

    @Override
    public void kill() {
        if (process.isAlive()) {
            surely(() -> client.pods()
                    .inNamespace(namespace)
                    .withLabel("job-name", name)
                    .withGracePeriod(0)
                    .delete());
            // Nothing is left to be read from a container that is gone.
            follower.interrupt();
        }
    }

    @Override
    public void close() {
        surely(() -> client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(name)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete());
        surely(() -> client.secrets().inNamespace(namespace).withName(name).delete());
        surely(() -> client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withName(name)
                .delete());
        follower.interrupt();
    }

    private void surely(Runnable action) {
        boolean interrupted = Thread.interrupted();
        try {
            action.run();
        } catch (KubernetesClientException e) {
            log.warn("{} is left in the cluster: {}", name, e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

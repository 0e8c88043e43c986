package ai.kubiya.runner.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a cluster says of a run's pod at one moment. */
record PodState(Pod pod) {
    /** What does not come right by itself. */
    private static final Set<String> HOPELESS =
            Set.of("InvalidImageName", "ErrImageNeverPull", "ImagePullBackOff", "CrashLoopBackOff");
    /** What does not come right either, and may be seen for a moment where all is well. */
    private static final Set<String> DOUBTFUL =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError", "ImageInspectError");

    /**
     * A container that does not run yet.
     *
     * @param container its name
     * @param image its image, as the tool names it
     * @param reason the cluster's word
     */
    record Waiting(String container, String image, String reason, String message) {
        boolean isHopeless() {
            return HOPELESS.contains(reason);
        }

        boolean isDoubtful() {
            return DOUBTFUL.contains(reason);
        }

        boolean isOfImage() {
            return reason.contains("Image");
        }

        @Override
        public String toString() {
            return reason + (message.isEmpty() ? "" : ": " + message);
        }
    }

    String name() {
        return pod.getMetadata().getName();
    }

    /** The tool's container runs or has run. */
    boolean hasBegun() {
        return tool().map(ContainerStatus::getState)
                .map(state -> state.getRunning() != null || state.getTerminated() != null)
                .orElse(false);
    }

    /** Nothing of the tool runs any more, or ever will. */
    boolean isOver() {
        return end().isPresent() || Set.of("Failed", "Succeeded").contains(text(status().map(PodStatus::getPhase)));
    }

    /** Somebody has asked for its end. */
    boolean isBeingDeleted() {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    Optional<ContainerStateTerminated> end() {
        return tool().map(ContainerStatus::getState).map(ContainerState::getTerminated);
    }

    /** Why the cluster ended the pod, in its own word; empty when it did not. */
    String reason() {
        return text(status().map(PodStatus::getReason));
    }

    String message() {
        return text(status().map(PodStatus::getMessage));
    }

    /** The containers that do not run yet for a reason of their own. */
    List<Waiting> waiting() {
        return statuses()
                .filter(status -> status.getState() != null && status.getState().getWaiting() != null)
                .map(this::waiting)
                .filter(waiting ->
                        !Set.of("PodInitializing", "ContainerCreating").contains(waiting.reason()))
                .toList();
    }

    private Waiting waiting(ContainerStatus status) {
        var waiting = status.getState().getWaiting();
        String image = Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                .filter(container -> container.getName().equals(status.getName()))
                .map(container -> text(Optional.ofNullable(container.getImage())))
                .findFirst()
                .orElse("");
        return new Waiting(
                status.getName(),
                image,
                text(Optional.ofNullable(waiting.getReason())),
                text(Optional.ofNullable(waiting.getMessage())));
    }

    /** Why no node takes it. */
    Optional<String> unschedulable() {
        return status().stream()
                .flatMap(status -> status.getConditions().stream())
                .filter(condition -> Objects.equals(condition.getType(), "PodScheduled")
                        && Objects.equals(condition.getStatus(), "False"))
                .map(PodCondition::getMessage)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private Optional<ContainerStatus> tool() {
        return statuses()
                .filter(status -> Objects.equals(status.getName(), PodShape.TOOL))
                .findFirst();
    }

    private Optional<PodStatus> status() {
        return Optional.ofNullable(pod.getStatus());
    }

    private Stream<ContainerStatus> statuses() {
        return status().stream()
                .flatMap(status -> Stream.concat(
                        status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream()));
    }

    private static String text(Optional<String> value) {
        return value.orElse("");
    }
}

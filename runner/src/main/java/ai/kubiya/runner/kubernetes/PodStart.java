package ai.kubiya.runner.kubernetes;

import ai.kubiya.protocol.RunService;
import ai.kubiya.runner.executor.NotStartedException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Waits until the tool's container has begun, and says why when it does not. */
final class PodStart {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration LOOK_LATER = Duration.ofSeconds(1);
    /** After this a cluster has had the time to get over what it sees in the first moments. */
    private static final long SETTLED = Duration.ofSeconds(10).toNanos();

    private final RunObjects objects;
    private final List<RunService> services;
    private final Duration longest;
    private final long begun = System.nanoTime();
    private String waitsFor = "the cluster has made no pod for the job yet";
    private String pullError = "";

    PodStart(RunObjects objects, List<RunService> services, Duration longest) {
        this.objects = objects;
        this.services = services;
        this.longest = longest;
    }

    /** The pod as it was seen to have begun. */
    PodState await() throws NotStartedException, InterruptedException {
        while (elapsed() < longest.toNanos()) {
            Optional<PodState> begun = look();
            if (begun.isPresent()) {
                return begun.get();
            }
            Thread.sleep(elapsed() < SETTLED ? LOOK : LOOK_LATER);
        }
        throw new NotStartedException("the tool's pod did not start within " + longest.toSeconds()
                + " s (KUBIYA_KUBERNETES_START_SECONDS): " + waitsFor);
    }

    private long elapsed() {
        return System.nanoTime() - begun;
    }

    private boolean isSettled() {
        return elapsed() > SETTLED || elapsed() > longest.toNanos() / 2;
    }

    private Optional<PodState> look() throws NotStartedException, InterruptedException {
        try {
            Optional<Pod> pod = objects.pod();
            if (pod.isEmpty()) {
                lookWhyThereIsNone();
                return Optional.empty();
            }
            PodState state = new PodState(pod.get());
            if (state.hasBegun()) {
                return Optional.of(state);
            }
            refuse(state);
        } catch (KubernetesClientException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            waitsFor = Refusal.sentence("see its pods", objects.namespace(), e);
            if (!Refusal.mayPass(e)) {
                throw new NotStartedException(waitsFor, e);
            }
        }
        return Optional.empty();
    }

    private void lookWhyThereIsNone() throws NotStartedException {
        Optional<String> why = objects.whyNoPod();
        if (why.isPresent()) {
            waitsFor = "the cluster makes no pod for the job: " + why.get();
        }
        if (isSettled() && (why.isPresent() || !objects.isJobThere())) {
            throw new NotStartedException(why.isPresent() ? waitsFor : "somebody deleted the tool's job");
        }
    }

    private void refuse(PodState state) throws NotStartedException {
        if (state.isOver() || state.isBeingDeleted()) {
            String why = state.reason() + (state.message().isEmpty() ? "" : ": " + state.message());
            throw new NotStartedException("the cluster ended the tool's pod before the tool began: "
                    + (why.isEmpty() ? "somebody deleted it" : why));
        }
        waitsFor = state.unschedulable()
                .map(why -> "no node takes the pod: " + why)
                .orElse("the pod is being prepared on its node");
        for (PodState.Waiting waiting : state.waiting()) {
            if (waiting.reason().equals("ErrImagePull")) {
                pullError = waiting.message();
            }
            waitsFor = sentence(waiting, state.name());
            if (waiting.isHopeless() || (waiting.isDoubtful() && isSettled())) {
                throw new NotStartedException(waitsFor);
            }
        }
    }

    private String sentence(PodState.Waiting waiting, String pod) {
        String whose = whose(waiting.container());
        if (waiting.isOfImage()) {
            boolean said = pullError.isEmpty() || waiting.message().contains(pullError);
            return "the image " + waiting.image() + whose + " cannot be pulled: " + waiting
                    + (said ? "" : "; " + pullError)
                    + " (a private registry needs KUBIYA_KUBERNETES_PULL_SECRETS)";
        }
        if (waiting.reason().equals("CrashLoopBackOff")) {
            return "the container" + whose + " ends again and again: " + objects.tail(pod, waiting.container());
        }
        return "the container" + whose + " cannot be started: " + waiting;
    }

    private String whose(String container) {
        if (!container.startsWith(PodShape.SERVICE)) {
            return "";
        }
        int number = Integer.parseInt(container.substring(PodShape.SERVICE.length()));
        return " of the service " + services.get(number).name();
    }
}

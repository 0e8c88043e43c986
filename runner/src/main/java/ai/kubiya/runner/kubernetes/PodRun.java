package ai.kubiya.runner.kubernetes;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.runner.executor.RunningTool;
import ai.kubiya.runner.limit.LimitHit;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tool in the pod of its Job, from when it began. */
final class PodRun implements RunningTool {
    private static final Logger log = LoggerFactory.getLogger(PodRun.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** What is left of the log after the end comes at once or not at all. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    /** A pod that is deleted and does not go is on a node that nobody hears of. */
    private static final long LOST = Duration.ofSeconds(60).toNanos();

    private static final long KILLED_FOR = Duration.ofSeconds(2).toNanos();
    private static final int TRIES = 10;
    private static final int KILLED = 137;
    private static final int REFUSED = 126;
    private static final Set<String> REFUSALS = Set.of("StartError", "ContainerCannotRun");

    private final RunObjects objects;
    private final RunLimits limits;
    private final PodProcess process = new PodProcess(this::kill);
    private final PodLog lines;
    private final Semaphore news = new Semaphore(0);
    private final Thread reader = Thread.ofVirtual().name("pod-log").unstarted(this::readLog);
    private final Thread watcher = Thread.ofVirtual().name("pod-watch").unstarted(this::watch);
    private volatile PodState state;
    private volatile boolean gone;
    private volatile boolean over;
    private volatile boolean asked;
    private volatile long killedAt;
    private long deletedAt;

    PodRun(RunObjects objects, PodState state, RunLimits limits) {
        this.objects = objects;
        this.state = state;
        this.limits = limits;
        this.lines = new PodLog(objects.client(), objects.namespace(), state.name(), process.log());
    }

    PodRun start() {
        reader.start();
        watcher.start();
        return this;
    }

    /** Follows the log until the pod is over. */
    private void readLog() {
        Duration pause = PAUSE;
        try {
            while (!over) {
                boolean ended = lines.read(true);
                news.release();
                if (!over) {
                    Thread.sleep(pause);
                    boolean longer = !ended && pause.compareTo(LONGEST_PAUSE) < 0;
                    pause = longer ? pause.multipliedBy(2) : PAUSE;
                }
            }
        } catch (InterruptedException | UncheckedIOException closed) {
            log.debug("the log of {} is not wanted any more", state.name());
        }
    }

    private void watch() {
        try {
            while (!look()) {
                lines.dropIfSilent();
                if (news.tryAcquire(killedAt == 0 ? LOOK.toMillis() : PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
            }
            over = true;
            awaitReader();
            if (killedAt == 0) {
                readRest();
            }
        } catch (InterruptedException | UncheckedIOException closed) {
            log.debug("{} is not watched any more", state.name());
        } finally {
            over = true;
            process.ended(exitCode());
            lines.close();
            endOutput();
        }
    }

    /** True when the tool has ended, as far as anybody will ever know. */
    private boolean look() {
        long killed = killedAt;
        try {
            Optional<Pod> pod = objects.pod(state.name());
            pod.ifPresent(now -> state = new PodState(now));
            gone = pod.isEmpty();
            if (gone || state.isOver()) {
                return true;
            }
        } catch (KubernetesClientException e) {
            log.warn("the cluster does not say how {} is: {}", state.name(), Refusal.words(e));
        }
        long now = System.nanoTime();
        if (state.isBeingDeleted() && deletedAt == 0) {
            deletedAt = now;
        }
        return (killed != 0 && now - killed > KILLED_FOR) || (deletedAt != 0 && now - deletedAt > LOST);
    }

    /** The cluster ends the log of a container that has ended. */
    private void awaitReader() throws InterruptedException {
        while (!reader.join(killedAt == 0 ? LAST_WORDS : PAUSE)) {
            if (lines.isWaiting()) {
                lines.drop();
            } else {
                // The server takes nothing: the tool has ended all the same.
                process.ended(exitCode());
            }
        }
    }

    /** A connection may have ended before the log did, in a way that looks like its end; hardly twice at one place. */
    private void readRest() throws InterruptedException {
        int tries = 0;
        int ends = 0;
        boolean seen = false;
        while (!gone && tries < TRIES) {
            long before = lines.written();
            ends = lines.readRest() ? ends + 1 : 0;
            if (ends == 2) {
                return;
            }
            boolean more = lines.written() > before;
            seen = ends > 0 || (seen && !more);
            boolean moved = ends > 0 || more;
            tries = moved ? 0 : tries + 1;
            Thread.sleep(moved ? Duration.ZERO : PAUSE.multipliedBy(tries));
        }
        if (!seen && !asked) {
            noticeLoss();
        }
    }

    private void noticeLoss() {
        try {
            process.notice("the end of the tool's output cannot be read from the cluster and may be missing");
        } catch (IOException e) {
            log.debug("nobody listens: {}", e.toString());
        }
    }

    private void endOutput() {
        try {
            reader.join(LAST_WORDS);
            process.endOutput();
        } catch (InterruptedException | UncheckedIOException closed) {
            log.debug("the output of {} is not wanted any more", state.name());
        }
    }

    private int exitCode() {
        Integer code = state.end().map(ContainerStateTerminated::getExitCode).orElse(null);
        return code == null ? KILLED : code;
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
        if (process.exitValue() == 0) {
            return Optional.empty();
        }
        PodState last = state;
        if (last.end()
                .map(ContainerStateTerminated::getReason)
                .filter("OOMKilled"::equals)
                .isPresent()) {
            return Optional.of(LimitHit.memory(limits));
        }
        return switch (last.reason()) {
            case "" -> byOthers(last);
            case "Evicted" ->
                last.message().contains("exceeds the") ? Optional.of(LimitHit.disk(limits)) : endedBy(last);
            case "DeadlineExceeded" -> Optional.of(LimitHit.time(limits));
            default -> endedBy(last);
        };
    }

    private static Optional<LimitHit> endedBy(PodState last) {
        return failed("the cluster ended the tool's pod: " + last.reason()
                + (last.message().isEmpty() ? "" : ": " + last.message()));
    }

    private Optional<LimitHit> byOthers(PodState last) {
        if (last.end().isEmpty()) {
            return failed("the tool's pod is gone: somebody deleted it, or its node is lost");
        }
        return last.isBeingDeleted() && !asked
                ? failed("the tool's pod was deleted while it ran: by somebody, or because its node was emptied")
                : Optional.empty();
    }

    private static Optional<LimitHit> failed(String sentence) {
        return Optional.of(new LimitHit(Result.FAILED, sentence));
    }

    @Override
    public Optional<String> startFailure(int exitCode) {
        return state.end()
                .filter(end -> exitCode >= REFUSED && REFUSALS.contains(String.valueOf(end.getReason())))
                .map(end -> "the cluster could not start the tool: " + end.getMessage());
    }

    @Override
    public void terminate() {
        asked = true;
        objects.end();
        news.release();
    }

    @Override
    public void kill() {
        if (process.isAlive() && killedAt == 0) {
            asked = true;
            objects.kill();
            killedAt = System.nanoTime();
            news.release();
        }
    }

    @Override
    public void close() {
        lines.close();
        watcher.interrupt();
        reader.interrupt();
        objects.deleteAll();
    }
}

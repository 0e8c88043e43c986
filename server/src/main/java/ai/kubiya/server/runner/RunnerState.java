package ai.kubiya.server.runner;

import ai.kubiya.server.runner.presence.Health;
import ai.kubiya.server.runner.presence.RunnerProcess;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A runner and how it is now.
 *
 * @param processes that live
 * @param load runs that wait for it or that it has
 */
public record RunnerState(Runner runner, List<RunnerProcess> processes, Health health, int load) {

    /** The same under another name. */
    RunnerState named(String name) {
        return new RunnerState(runner.named(name), processes, health, load);
    }

    /** In the form of the field {@code status}. */
    String status() {
        if (runner.lastSeenAt() == null) {
            return "creating";
        }
        return switch (health.status()) {
            case OFFLINE -> "offline";
            case UNHEALTHY -> "unhealthy";
            case HEALTHY -> isDraining() ? "draining" : "active";
        };
    }

    boolean isDraining() {
        return runner.draining() || (!processes.isEmpty() && processes.stream().allMatch(RunnerProcess::draining));
    }

    /** Runs that it takes at one time. */
    int capacity() {
        int offered = processes.stream()
                .filter(process -> !process.draining())
                .mapToInt(RunnerProcess::concurrency)
                .sum();
        Integer limit = runner.definition().concurrency();
        return limit == null ? offered : Math.min(limit, offered);
    }

    int running() {
        return processes.stream().mapToInt(RunnerProcess::running).sum();
    }

    /** Its own labels, and those that all its processes bring: any of them may get the run. */
    Set<String> labels() {
        Set<String> labels = new HashSet<>(
                processes.isEmpty() ? List.of() : processes.getFirst().labels());
        processes.forEach(process -> labels.retainAll(process.labels()));
        labels.addAll(runner.definition().labels());
        return labels;
    }

    /** Whether it can be given work now. */
    boolean isReady() {
        return health.status() == Health.Status.HEALTHY && !isDraining() && capacity() > 0;
    }
}

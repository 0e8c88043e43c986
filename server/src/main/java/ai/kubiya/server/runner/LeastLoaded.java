package ai.kubiya.server.runner;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Chooses the runner with the least to do for what it can take; among equals by chance, so that none is always first. */
final class LeastLoaded {
    private LeastLoaded() {}

    static Optional<RunnerState> of(List<RunnerState> ready, RandomGenerator random) {
        double least = ready.stream().mapToDouble(LeastLoaded::load).min().orElse(0);
        List<RunnerState> best =
                ready.stream().filter(state -> load(state) <= least).toList();
        return best.isEmpty() ? Optional.empty() : Optional.of(best.get(random.nextInt(best.size())));
    }

    private static double load(RunnerState state) {
        return (double) state.load() / state.capacity();
    }
}

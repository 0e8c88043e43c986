package ai.kubiya.server.task;

import org.jspecify.annotations.Nullable;

/**
 * How far a task is.
 *
 * @param currentStep name of a step that runs; null when none does
 */
record TaskProgress(int completed, int total, @Nullable String currentStep) {
    int percent() {
        return total == 0 ? 0 : completed * 100 / total;
    }
}

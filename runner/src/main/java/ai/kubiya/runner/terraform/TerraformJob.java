package ai.kubiya.runner.terraform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One plan, or the apply of one plan.
 *
 * @param folder of this job alone; the code is in {@code code} within it, and what the job needs besides comes to
 *     {@code own}
 * @param module the folder to work in, relative to {@code code}; empty = that itself
 * @param variables values of the code's variables
 * @param environment plain environment variables
 * @param secrets environment variables whose values must never be seen in output
 * @param masked other values that must not be seen
 * @param plan what to apply; null = plan
 * @param state where the state is kept
 * @param lock what others are told who meet the lock
 */
public record TerraformJob(
        Path folder,
        String module,
        ObjectNode variables,
        Map<String, String> environment,
        Map<String, String> secrets,
        Collection<String> masked,
        PlanOptions options,
        @Nullable SavedPlan plan,
        StateLink state,
        String lock) {

    /**
     * What to plan.
     *
     * @param mode everything as the code says, nothing left, or only what was seen
     * @param targets addresses to limit the plan to
     * @param replaces addresses of what is to be made anew
     */
    public record PlanOptions(Mode mode, List<String> targets, List<String> replaces) {
        public PlanOptions {
            targets = List.copyOf(targets);
            replaces = List.copyOf(replaces);
        }
    }

    /** What a plan is for. */
    public enum Mode {
        NORMAL,
        DESTROY,
        REFRESH_ONLY
    }

    /** Never prints values. */
    @Override
    public String toString() {
        return "TerraformJob[" + folder + "]";
    }
}

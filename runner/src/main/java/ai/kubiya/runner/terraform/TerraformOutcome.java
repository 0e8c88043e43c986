package ai.kubiya.runner.terraform;

import ai.kubiya.protocol.RunOutcome;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a job ended.
 *
 * @param outcome result, exit code of the last command, and a sentence for people
 * @param code a fixed word when it failed, such as {@code init_failed}; null when it completed
 * @param version of Terraform; empty when it was not started
 * @param plan what was planned; null when nothing was
 * @param stateUnsaved whether there is a state on the disk that could not be handed over
 */
public record TerraformOutcome(
        RunOutcome outcome,
        @Nullable String code,
        String version,
        @Nullable Planned plan,
        boolean stateUnsaved) {

    /**
     * A plan that was made.
     *
     * @param document the plan as Terraform's JSON, in the job's folder
     * @param changes whether there is anything to do
     */
    public record Planned(SavedPlan saved, Path document, boolean changes) {}
}

package ai.kubiya.server.project.run.plan;

import org.jspecify.annotations.Nullable;

/**
 * A plan that was made.
 *
 * @param document Terraform's JSON plan, masked, compressed and sealed
 * @param file Terraform's saved plan, sealed; null when it can never be applied
 * @param changes whether there is anything to do
 */
@SuppressWarnings("ArrayRecordComponent")
public record PlanResult(
        PlanSummary said,
        boolean changes,
        @Nullable Long stateSerial,
        @Nullable String stateLineage,
        String terraformVersion,
        byte[] document,
        byte @Nullable [] file) {

    /** Never prints what it holds. */
    @Override
    public String toString() {
        return "PlanResult[" + said.summary() + "]";
    }
}

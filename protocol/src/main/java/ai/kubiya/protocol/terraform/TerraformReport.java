package ai.kubiya.protocol.terraform;

import static java.util.Objects.requireNonNull;

import ai.kubiya.protocol.RunOutcome;
import ai.kubiya.protocol.remote.HeldLease;
import org.jspecify.annotations.Nullable;

/**
 * How a plan or an apply ended. All its events were sent before.
 *
 * @param code a fixed word when it failed; null when it completed
 * @param stopped why it was stopped before its time: {@code cancelled} or {@code drained}; null = it was not
 * @param terraform its version; empty when it was not started
 * @param planned whether the archive has a plan
 * @param changes whether that plan has anything to do
 * @param stateSerial of the state that the plan was made from, with {@code stateLineage}; null = there was none
 * @param ticket of the {@link TerraformWork}; empty when that never arrived
 */
public record TerraformReport(
        HeldLease lease,
        RunOutcome outcome,
        @Nullable String code,
        @Nullable String stopped,
        String terraform,
        boolean planned,
        boolean changes,
        @Nullable Long stateSerial,
        @Nullable String stateLineage,
        String ticket) {
    public TerraformReport {
        requireNonNull(lease, "lease");
        requireNonNull(outcome, "outcome");
        requireNonNull(terraform, "terraform");
        requireNonNull(ticket, "ticket");
    }
}

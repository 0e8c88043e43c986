package ai.kubiya.server.project.run;

import ai.kubiya.server.access.Caller;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as its row says, without what its plan holds.
 *
 * @param asked what was asked for
 * @param branch and {@code commit}: the code that was planned; empty before it is known
 * @param inputsVersion of the project when it was planned
 * @param stateSerial of the state that the plan was made from; null = there was none
 * @param creator who began it
 * @param approver who approved it, or null
 */
public record ProjectRun(
        UUID id,
        UUID organizationId,
        UUID projectId,
        NewRun asked,
        RunStatus status,
        String branch,
        String commit,
        long inputsVersion,
        @Nullable Long stateSerial,
        @Nullable String stateLineage,
        String terraformVersion,
        String summary,
        int adds,
        int changes,
        int destroys,
        @Nullable UUID planExecution,
        @Nullable UUID applyExecution,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        Caller creator,
        @Nullable Caller approver,
        @Nullable String approvedBy,
        @Nullable Instant approvedAt,
        @Nullable String rejectedBy,
        @Nullable Instant rejectedAt,
        @Nullable String cancelledBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant plannedAt,
        @Nullable Instant finishedAt) {

    /** The execution that is or was at work last; null = none yet. */
    public @Nullable UUID execution() {
        return applyExecution == null ? planExecution : applyExecution;
    }

    boolean isApply() {
        return status == RunStatus.APPLYING || status == RunStatus.APPROVED;
    }

    /**
     * What its plan found.
     *
     * @param changes array of what it would change
     * @param drift array of what others changed
     */
    public record Findings(JsonNode changes, JsonNode drift) {}
}

package ai.kubiya.server.gitops.delivery;

import ai.kubiya.server.gitops.status.CommitStatus;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event led to in one project.
 *
 * @param runId null = the plan was refused, and the summary says why
 * @param state of the run, as the API names it; {@value #REFUSED} when there is none
 * @param reported the state that the git host was told of; empty = nothing yet
 * @param reportError why the git host is not told; empty = it was, or will be
 */
record DeliveryRun(
        UUID id,
        UUID organizationId,
        UUID deliveryId,
        UUID projectId,
        String projectName,
        @Nullable UUID runId,
        String state,
        String summary,
        String reported,
        String reportError,
        Instant createdAt) {
    static final String PENDING = "pending";
    static final String REFUSED = "refused";
    /** The run was removed, with its project or by itself. */
    static final String GONE = "gone";

    static final String WAITS = "awaiting_approval";

    /** How the commit stands by this. A plan that waits for approval is a good plan. */
    CommitStatus.State verdict() {
        return switch (state) {
            case "planned", "no_changes", "applied", WAITS -> CommitStatus.State.SUCCESS;
            case "failed", "rejected", REFUSED -> CommitStatus.State.FAILURE;
            case "cancelled", GONE -> CommitStatus.State.ERROR;
            default -> CommitStatus.State.PENDING;
        };
    }

    /** A line of it. */
    String description() {
        String first = summary.lines().findFirst().orElse("");
        return switch (state) {
            case "applied" -> "Applied. " + first;
            case WAITS -> first + " It waits for approval.";
            default -> first.isEmpty() ? state.replace('_', ' ') : first;
        };
    }

    DeliveryRun with(String newState, String newSummary) {
        return new DeliveryRun(
                id,
                organizationId,
                deliveryId,
                projectId,
                projectName,
                runId,
                newState,
                newSummary,
                reported,
                reportError,
                createdAt);
    }

    ObjectNode toJson() {
        return Json.object()
                .put("project_id", projectId.toString())
                .put("project_name", projectName)
                .put("execution_id", runId == null ? null : runId.toString())
                .put("state", state)
                .put("summary", summary)
                .put("reported", reported)
                .put("report_error", reportError);
    }
}

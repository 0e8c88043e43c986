package ai.kubiya.server.project.compat;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.run.ProjectRun;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run as a plan, and as an execution. Clients wait for exactly {@code completed} or {@code failed}. */
final class RunCompatJson {
    private RunCompatJson() {}

    static ObjectNode plan(ProjectRun run, JsonNode changes) {
        ObjectNode json = Json.object()
                .put("id", run.id().toString())
                .put("uuid", run.id().toString())
                .put("project_id", run.projectId().toString())
                .put("plan_id", run.id().toString())
                .put("status", planStatus(run))
                .put("status_reason", run.errorMessage() == null ? run.summary() : run.errorMessage());
        ArrayNode rows = json.putArray("changes");
        changes.forEach(change -> addChange(rows, change));
        json.put("created_at", Json.time(run.createdAt()));
        if (run.approvedAt() != null) {
            json.put("approved_at", Json.time(run.approvedAt()));
        }
        return json;
    }

    /** These clients know three words; what is replaced is deleted and created. */
    private static void addChange(ArrayNode rows, JsonNode change) {
        List<String> actions = switch (change.path("action").asText()) {
            case "create" -> List.of("create");
            case "delete" -> List.of("delete");
            case "replace" -> List.of("delete", "create");
            case "update", "import", "move" -> List.of("update");
            default -> List.of();
        };
        for (String action : actions) {
            ObjectNode row = rows.addObject()
                    .put("resource_id", change.path("resource_id").asText())
                    .put("action", action);
            text(row, "before", change.path("before"));
            text(row, "after", change.path("after"));
        }
    }

    private static void text(ObjectNode row, String name, JsonNode value) {
        if (!value.isNull() && !value.isMissingNode()) {
            row.put(name, Json.text(value));
        }
    }

    static String planStatus(ProjectRun run) {
        return switch (run.status()) {
            case PENDING -> "pending";
            case RUNNING -> "running";
            case PLANNED, NO_CHANGES, AWAITING_APPROVAL -> "completed";
            case APPROVED, APPLYING, APPLIED -> "approved";
            case REJECTED -> "rejected";
            case FAILED, CANCELLED -> run.approvedAt() == null ? "failed" : "approved";
        };
    }

    /** How the apply stands, or the plan where there is nothing to wait for but it. */
    static String executionStatus(ProjectRun run) {
        return switch (run.status()) {
            case PENDING, APPROVED, AWAITING_APPROVAL -> "pending";
            case RUNNING, APPLYING -> "running";
            case PLANNED, NO_CHANGES, APPLIED -> "completed";
            case FAILED, REJECTED, CANCELLED -> "failed";
        };
    }

    private static String applyStatus(ProjectRun run) {
        return switch (run.status()) {
            case PENDING, RUNNING, PLANNED, AWAITING_APPROVAL, APPROVED -> "pending";
            case APPLYING -> "running";
            case NO_CHANGES, APPLIED -> "completed";
            case FAILED, REJECTED, CANCELLED -> "failed";
        };
    }

    /** Puts the fields of an execution over those of its project. */
    static ObjectNode over(ObjectNode project, ProjectRun run) {
        return project.put("project_id", run.projectId().toString())
                .put("plan_id", run.id().toString())
                .put("execution_id", run.id().toString())
                .put("start_time", Json.time(run.startedAt() == null ? run.createdAt() : run.startedAt()))
                .put("end_time", run.finishedAt() == null ? null : Json.time(run.finishedAt()));
    }

    static ObjectNode execution(ProjectRun run) {
        return over(Json.object(), run)
                .put("id", run.id().toString())
                .put("uuid", run.id().toString())
                .put("status", executionStatus(run))
                .put("status_reason", reason(run));
    }

    static String reason(ProjectRun run) {
        return run.errorMessage() == null ? run.status().wireName() : run.errorMessage();
    }

    /** Blocks of text, each when it is whole: clients print them once. */
    static ObjectNode logs(ProjectRun run, String planned, String applied) {
        boolean over = !run.status().isUnderWay();
        boolean planOver = over || run.plannedAt() != null;
        String plan = planOver ? planned : "";
        String apply = over ? applied : "";
        ObjectNode json = Json.object().put("done", over);
        json.putObject("plan").put("status", logStatus(planStatus(run))).put("content", plan);
        json.putObject("apply").put("status", applyStatus(run)).put("content", apply);
        json.put("status", executionStatus(run));
        @Nullable String error = run.errorMessage();
        json.set("errors", error == null ? Json.array() : Json.array(List.of(error)));
        json.set(
                "logs",
                Json.array(List.of(plan, apply).stream()
                        .filter(text -> !text.isEmpty())
                        .toList()));
        return json;
    }

    private static String logStatus(String planStatus) {
        return planStatus.equals("approved") ? "completed" : planStatus;
    }
}

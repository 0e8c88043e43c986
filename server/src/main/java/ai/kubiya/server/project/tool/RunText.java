package ai.kubiya.server.project.tool;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.run.RunStatus;
import ai.kubiya.server.tool.builtin.ToolFailed;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a model is told of a run. */
final class RunText {
    private static final int MOST_CHANGES = 50;

    private RunText() {}

    static ObjectNode brief(JsonNode execution) {
        ObjectNode brief =
                Json.object().put("execution_id", execution.path("id").asText());
        for (String field : List.of("kind", "mode", "status", "summary", "error", "finished_at")) {
            if (execution.hasNonNull(field) && !execution.path(field).asText().isEmpty()) {
                brief.set(field, execution.path(field));
            }
        }
        return brief;
    }

    /** How a run ended, with what Terraform said when it failed, and with the outputs when it was applied. */
    static String of(JsonNode execution, ProjectApi project) throws ToolFailed, InterruptedException {
        RunStatus status = ProjectApi.status(execution);
        if (status == RunStatus.FAILED || status == RunStatus.CANCELLED) {
            String lines = project.lastLines(execution.path("id").asText());
            throw new ToolFailed("The execution " + execution.path("id").asText() + " is " + status.wireName() + ": "
                    + execution.path("error").asText() + "\n" + lines);
        }
        ObjectNode answer = brief(execution);
        answer.set("counts", execution.path("counts"));
        if (status == RunStatus.APPLIED) {
            answer.set("outputs", project.outputs());
        }
        return Json.text(answer);
    }

    /** The summary comes last: of what is too long, models are shown the end. */
    static String explained(JsonNode execution) {
        ObjectNode answer = Json.object();
        for (String field : List.of("drift", "changes")) {
            ArrayNode rows = answer.putArray(field);
            JsonNode all = execution.path(field);
            all.valueStream().limit(MOST_CHANGES).forEach(rows::add);
            if (all.size() > MOST_CHANGES) {
                answer.put(field + "_left_out", all.size() - MOST_CHANGES);
            }
        }
        answer.setAll(brief(execution));
        for (String field : List.of("branch", "commit", "created_by", "created_at")) {
            answer.set(field, execution.path(field));
        }
        return Json.text(answer);
    }
}

package ai.kubiya.server.workflow;

import ai.kubiya.server.execution.ExecutionJson;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.source.SourceWorkflow;
import ai.kubiya.server.workflow.definition.Step;
import ai.kubiya.server.workflow.run.StepState;
import ai.kubiya.server.workflow.run.StepStatus;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The wire shapes of workflows and their runs. */
final class WorkflowJson {
    private WorkflowJson() {}

    static ObjectNode of(SourceWorkflow workflow) {
        ObjectNode json = Json.object()
                .put("name", workflow.name())
                .put("description", workflow.definition().path("description").asText())
                .put("source_id", workflow.sourceId().toString())
                .put("source_name", workflow.sourceName())
                .put("file_name", workflow.definition().path("file_name").asText())
                .put("steps_count", workflow.definition().path("steps").size());
        ObjectNode definition = workflow.definition().deepCopy();
        definition.remove("file_name");
        json.set("definition", definition);
        return json;
    }

    static ObjectNode of(WorkflowService.RunView run) {
        ObjectNode json = ExecutionJson.of(run.execution());
        json.put("name", run.workflow().name());
        ObjectNode outputs = Json.object();
        ArrayNode steps = json.putArray("steps");
        ArrayNode items = Json.array();
        for (StepState state : run.steps()) {
            Step step = run.workflow().step(state.name()).orElseThrow();
            if (!state.isWhole()) {
                items.add(state(state).put("item", state.item()).set("value", state.value()));
                continue;
            }
            items = Json.array();
            ObjectNode shown = steps.addObject()
                    .put("name", state.name())
                    .put("type", step.type().wireName())
                    .put("description", step.description());
            shown.set("depends", Json.array(step.depends()));
            shown.setAll(state(state));
            shown.set("items", items);
            if (!step.output().isEmpty() && state.status() == StepStatus.COMPLETED) {
                outputs.put(step.output(), state.output());
            }
        }
        json.set("outputs", outputs);
        return json;
    }

    private static ObjectNode state(StepState state) {
        return Json.object()
                .put("status", state.status().wireName())
                .put("attempt", state.attempt())
                .put("execution_id", text(state.execution()))
                .put("output", state.output())
                .put("exit_code", state.exitCode())
                .put("error_code", state.errorCode())
                .put("message", state.error())
                .put("next_attempt_at", Json.time(state.notBefore()))
                .put("started_at", Json.time(state.startedAt()))
                .put("finished_at", Json.time(state.finishedAt()));
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}

package ai.kubiya.server.task;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The wire shapes of tasks. */
public final class TaskJson {
    private TaskJson() {}

    public static ObjectNode of(Task task) {
        ObjectNode json = Json.object()
                .put("id", task.id().toString())
                .put("uuid", task.id().toString());
        json.setAll(task.definition().toJson());
        json.put("agent_id", text(task.agentId()))
                .put("runner_id", task.definition().runner())
                .put("kind", task.definition().kind())
                .put("status", task.status().wireName())
                .put("progress", progress(task))
                .put("attempt", task.attempt())
                .put("execution_id", text(task.executionId()))
                .put("schedule_id", text(task.scheduleId()))
                .put("scheduled_for", Json.time(task.scheduledFor()))
                .put("created_by", task.creatorEmail())
                .put("created_at", Json.time(task.createdAt()))
                .put("updated_at", Json.time(task.updatedAt()))
                .put("started_at", Json.time(task.startedAt()))
                .put("completed_at", Json.time(task.completedAt()))
                .put("cancelled_at", Json.time(task.cancelledAt()))
                .put("cancelled_by", task.cancelledBy());
        json.putObject("result").put("output", task.output()).put("error", task.error());
        return json;
    }

    private static int progress(Task task) {
        return task.status() == TaskStatus.COMPLETED ? 100 : 0;
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    /** What {@code /status} shows. */
    static ObjectNode status(Task task, TaskProgress progress) {
        ObjectNode json = Json.object()
                .put("id", task.id().toString())
                .put("status", task.status().wireName())
                .put("progress", progress.percent())
                .put("attempt", task.attempt())
                .put("started_at", Json.time(task.startedAt()))
                .put("updated_at", Json.time(task.updatedAt()));
        json.putObject("metadata")
                .put("current_step", progress.currentStep())
                .put("steps_completed", progress.completed())
                .put("total_steps", progress.total());
        return json;
    }

    static ObjectNode cancelled(Task task) {
        return Json.object()
                .put("id", task.id().toString())
                .put("status", task.status().wireName())
                .put("cancelled_at", Json.time(task.cancelledAt()))
                .put("cancelled_by", task.cancelledBy());
    }

    /** What subscribers are told. */
    static ObjectNode event(Task task, TaskStatus status, @Nullable String error) {
        return Json.object()
                .put("id", task.id().toString())
                .put("name", task.definition().name())
                .put("kind", task.definition().kind())
                .put("status", status.wireName())
                .put("attempt", task.attempt())
                .put("execution_id", text(task.executionId()))
                .put("schedule_id", text(task.scheduleId()))
                .put("error", error);
    }
}

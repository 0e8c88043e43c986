package ai.kubiya.server.execution;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The wire shapes of executions and their events. */
public final class ExecutionJson {
    private ExecutionJson() {}

    public static ObjectNode of(Execution execution) {
        ObjectNode json = Json.object()
                .put("id", execution.id().toString())
                .put("uuid", execution.id().toString())
                .put("kind", execution.kind().wireName())
                .put("subject", execution.subject())
                .put("runner", execution.runner())
                .put("status", execution.status().wireName())
                .put("attempt", execution.attempt())
                .put("session_id", text(execution.sessionId()))
                .put("exit_code", execution.exitCode())
                .put("error_code", execution.errorCode())
                .put("message", execution.errorMessage())
                .put("cancelled_by", execution.cancelledBy())
                .put("created_at", Json.time(execution.createdAt()))
                .put("started_at", Json.time(execution.startedAt()))
                .put("finished_at", Json.time(execution.finishedAt()))
                .put("duration_ms", execution.durationMillis())
                .put("output_bytes", execution.outputBytes())
                .put("dropped_bytes", execution.droppedBytes())
                .put("last_event_id", execution.lastSeq())
                .put("parent_id", text(execution.parentId()))
                .put("task_id", text(execution.taskId()));
        if (execution.kind() == Kind.TOOL) {
            json.set("arguments", execution.spec().path("arguments"));
        }
        return json;
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    public static ObjectNode of(ExecutionEvent event) {
        ObjectNode json = Json.object()
                .put("seq", event.seq())
                .put("at", Json.time(event.at()))
                .put("type", event.type());
        json.setAll(event.data());
        json.put("type", event.type());
        return json;
    }
}

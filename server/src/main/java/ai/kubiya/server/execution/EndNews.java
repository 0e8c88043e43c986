package ai.kubiya.server.execution;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.event.EventLog;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Tells subscribers how executions end. What a tool printed is not for them. */
final class EndNews implements ExecutionListener {
    private final EventLog events;

    EndNews(EventLog events) {
        this.events = events;
    }

    @Override
    public void ended(Transaction transaction, Execution ended) {
        // One that was lost did not do what it should, so whoever waits for failures waits for it too.
        String what = switch (ended.status()) {
            case COMPLETED -> "completed";
            case CANCELLED -> "cancelled";
            case FAILED, LOST -> "failed";
            case WAITING, QUEUED, LEASED, RUNNING -> throw new IllegalArgumentException("not over: " + ended.id());
        };
        String id = ended.id().toString();
        ObjectNode data = Json.object()
                .put("id", id)
                .put("kind", ended.kind().wireName())
                .put("subject", ended.subject())
                .put("runner", ended.runner())
                .put("status", ended.status().wireName())
                .put(
                        "session_id",
                        ended.sessionId() == null ? null : ended.sessionId().toString())
                .put("exit_code", ended.exitCode())
                .put("error_code", ended.errorCode())
                .put("message", ended.errorMessage())
                .put("cancelled_by", ended.cancelledBy())
                .put("created_at", Json.time(ended.createdAt()))
                .put("started_at", Json.time(ended.startedAt()))
                .put("finished_at", Json.time(ended.finishedAt()))
                .put("duration_ms", ended.durationMillis());
        events.append(
                transaction,
                ended.organizationId(),
                new ai.kubiya.server.event.NewEvent("execution." + what, "execution", id, data));
    }
}

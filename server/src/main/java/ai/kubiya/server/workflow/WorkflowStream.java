package ai.kubiya.server.workflow;

import ai.kubiya.server.execution.EventFollower;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionEvent;
import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;

/** Translates the events of a run into those that clients of older APIs know (contract, section 12). */
final class WorkflowStream implements EventFollower.Reader {
    private final EventStream out;
    private final Execution execution;
    private final boolean vercel;
    private int total;
    private int completed;
    private ObjectNode last = Json.object();

    /** @param vercel whether lines begin with a code instead of {@code data:} */
    WorkflowStream(OutputStream out, Execution execution, boolean vercel) {
        this.out = new EventStream(out);
        this.execution = execution;
        this.vercel = vercel;
    }

    @Override
    public void event(ExecutionEvent event) throws IOException {
        ObjectNode data = event.data();
        boolean item = data.has("item");
        switch (event.type()) {
            case "workflow.started" -> {
                total = data.path("steps").asInt();
                send(
                        event,
                        progress(message("workflow_start")
                                .put("workflowName", data.path("name").asText())));
            }
            case "step.started" -> {
                if (!item) {
                    ObjectNode running = message("step_running");
                    running.set("step", step(data, "running"));
                    send(event, progress(running));
                }
            }
            case "step.completed" -> over(event, data, "finished", item);
            case "step.failed" -> over(event, data, "failed", item);
            case "step.skipped" -> over(event, data, "skipped", item);
            case "step.cancelled" -> over(event, data, "cancelled", item);
            case "step.retried" -> {
                ObjectNode retried = message("step_retry")
                        .put("message", data.path("message").asText());
                retried.set("step", step(data, "retrying"));
                send(event, retried);
            }
            case "approval.required" ->
                send(
                        event,
                        message("approval_required")
                                .put("approvalId", data.path("approval_id").asText()));
            case "result" -> result(event, data);
            default -> {}
        }
    }

    private void over(ExecutionEvent event, ObjectNode data, String status, boolean item) throws IOException {
        if (item) {
            return;
        }
        completed++;
        ObjectNode complete = message("step_complete");
        ObjectNode step = step(data, status)
                .put("output", data.path("output").asText(""))
                .put("duration", data.path("duration_ms").asLong() + "ms");
        if (data.hasNonNull("message")) {
            step.put("error", data.path("message").asText());
        }
        complete.set("step", step);
        send(event, progress(complete));
    }

    private static ObjectNode step(ObjectNode data, String status) {
        return Json.object()
                .put("name", data.path("step").asText())
                .put("status", status)
                .put("execution_id", data.path("execution_id").asText(null));
    }

    private ObjectNode message(String type) {
        return Json.object()
                .put("type", type)
                .put("requestId", execution.id().toString())
                .put("workflowId", execution.id().toString());
    }

    private ObjectNode progress(ObjectNode message) {
        message.putObject("progress")
                .put("completed", completed)
                .put("total", total)
                .put("percent", total == 0 ? 0 : completed * 100 / total);
        return message;
    }

    private void result(ExecutionEvent event, ObjectNode data) throws IOException {
        boolean success = data.path("status").asText().equals("completed");
        if (!success && vercel) {
            out.line("3:"
                    + Json.text(message("error")
                            .put("message", data.path("message").asText())
                            .put("code", data.path("error_code").asText())));
        }
        last = message("workflow_complete")
                .put("status", success ? "finished" : data.path("status").asText())
                .put("success", success)
                .put("message", data.path("message").asText(null))
                .put("end", true)
                .put("finishReason", success ? "stop" : "error");
        send(event, progress(last));
    }

    private void send(ExecutionEvent event, ObjectNode json) throws IOException {
        if (vercel) {
            out.line("2:" + Json.text(json));
        } else {
            out.send(Long.toString(event.seq()), null, json);
        }
    }

    @Override
    public void caughtUp() throws IOException {
        out.flush();
    }

    @Override
    public void silence() throws IOException {
        out.heartbeat();
        out.flush();
    }

    void end() throws IOException {
        if (vercel) {
            boolean success = last.path("success").asBoolean();
            if (!success) {
                out.line("e:"
                        + Json.text(
                                Json.object().put("error", last.path("message").asText("It failed."))));
            }
            out.line("d:" + Json.text(Json.object().put("finishReason", success ? "stop" : "error")));
        } else {
            out.data("[DONE]");
        }
        out.flush();
    }
}

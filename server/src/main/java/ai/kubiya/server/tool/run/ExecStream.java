package ai.kubiya.server.tool.run;

import ai.kubiya.server.approval.Approvals;
import ai.kubiya.server.execution.EventFollower;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionEvent;
import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;

/** Translates the events of a run into those that clients of {@code tools/exec} know (contract, section 6). */
final class ExecStream implements EventFollower.Reader {
    /** How much of the end of the standard output the result repeats. */
    private static final int RESULT_CHARACTERS = 16 << 10;

    private final EventStream out;
    private final ExecFraming framing;
    private final Execution execution;
    private final StringBuilder output = new StringBuilder();
    private ObjectNode result = Json.object();

    ExecStream(OutputStream out, ExecFraming framing, Execution execution) {
        this.out = new EventStream(out);
        this.framing = framing;
        this.execution = execution;
    }

    @Override
    public void event(ExecutionEvent event) throws IOException {
        ObjectNode data = event.data();
        switch (event.type()) {
            case "status" ->
                send(
                        event,
                        status("status", data.path("status").asText("running"), "")
                                .put("executor", data.path("executor").asText("")));
            case "log" -> {
                String content = data.path("content").asText();
                keep(data.path("stream").asText(), content);
                send(
                        event,
                        status("tool-output", "running", "")
                                .put("stream", data.path("stream").asText())
                                .put("content", content));
            }
            case "warning" ->
                send(
                        event,
                        status("warning", "running", data.path("message").asText())
                                .put("code", data.path("code").asText()));
            case Approvals.REQUIRED -> {
                ObjectNode waiting = status(
                        Approvals.REQUIRED,
                        "waiting",
                        "It runs when it is approved: POST /v1/approvals/"
                                + data.path("approval_id").asText() + "/approve");
                waiting.put("approval_id", data.path("approval_id").asText());
                send(event, waiting);
            }
            case "result" -> result(event, data);
            default -> send(event, status(event.type(), "running", ""));
        }
    }

    private void result(ExecutionEvent event, ObjectNode data) throws IOException {
        boolean completed = data.path("status").asText().equals("completed");
        String message = data.path("message").asText("");
        // A tool that ended by itself says why in its output; one that was stopped or never ran cannot.
        if (!completed && !data.path("error_code").asText().equals("tool_failed")) {
            send(
                    event,
                    status("error", "failed", message)
                            .put("error_code", data.path("error_code").asText()));
        }
        result = status("result", completed ? "completed" : "failed", message);
        result.set("exit_code", data.path("exit_code"));
        result.put("error_code", data.path("error_code").asText(null));
        result.put("result", output.toString());
        result.set("duration_ms", data.path("duration_ms"));
        result.set("dropped_bytes", data.path("dropped_bytes"));
        send(event, result);
    }

    private void send(ExecutionEvent event, ObjectNode json) throws IOException {
        framing.event(out, event.seq(), json);
    }

    private ObjectNode status(String type, String status, String message) {
        return Json.object()
                .put("type", type)
                .put("execution_id", execution.id().toString())
                .put("tool", execution.subject())
                .put("status", status)
                .put("message", message);
    }

    private void keep(String stream, String content) {
        if (stream.equals("stdout")) {
            output.append(content);
            if (output.length() > RESULT_CHARACTERS) {
                output.delete(0, output.length() - RESULT_CHARACTERS);
            }
        }
    }

    @Override
    public void caughtUp() throws IOException {
        out.flush();
    }

    @Override
    public void silence() throws IOException {
        framing.alive(out);
    }

    void end() throws IOException {
        framing.end(out, result);
        out.flush();
    }
}

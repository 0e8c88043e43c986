package ai.kubiya.server.task.log;

import ai.kubiya.server.execution.ExecutionEvent;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of a task's log: an event of one of its attempts in the words of older APIs.
 *
 * @param id where a reader goes on: the attempt and the number of its event
 */
record TaskLogLine(String id, Instant at, Level level, String message, ObjectNode metadata) {

    /** How much it matters, the least first. The wire name is the lower-case name. */
    enum Level {
        DEBUG,
        INFO,
        WARNING,
        ERROR
    }

    /** Empty for what is no news to a reader of logs. */
    static Optional<TaskLogLine> of(int attempt, ExecutionEvent event) {
        JsonNode data = event.data();
        ObjectNode metadata =
                Json.object().put("attempt", attempt).put("component", component(event.type()));
        JsonNode step = data.path("step");
        if (step.isTextual()) {
            metadata.put("step", step.asText());
        }
        String message =
                switch (event.type()) {
                    case "log", "tool.output", "step.log" -> data.path("content").asText().stripTrailing();
                    case "message" -> data.path("content").asText();
                    case "status" -> said(data, "It is " + data.path("status").asText() + ".");
                    case "tool.call" -> "The agent calls " + data.path("name").asText() + ".";
                    case "tool.result" -> "The tool is over: " + data.path("status").asText() + ".";
                    case "result" -> said(data, "It is over: " + data.path("status").asText() + ".");
                    case "approval.required" -> "It waits for an approval of " + data.path("subject").asText(
                                    data.at("/approval/subject").asText()) + ".";
                    case "approval.decided" -> "The approval was " + data.path("status").asText() + ".";
                    case "warning", "error" -> data.path("message").asText();
                    case "step.started" -> "The step " + step.asText() + " begins.";
                    case "step.completed", "step.failed", "step.skipped", "step.retried" ->
                        said(
                                data,
                                "The step " + step.asText() + " "
                                        + event.type().substring(5) + ".");
                    default -> "";
                };
        return message.isEmpty()
                ? Optional.empty()
                : Optional.of(new TaskLogLine(
                        attempt + "." + event.seq(), event.at(), level(event.type(), data), message, metadata));
    }

    private static String said(JsonNode data, String otherwise) {
        String message = data.path("message").asText();
        return message.isEmpty() || message.equals("null") ? otherwise : message;
    }

    private static String component(String type) {
        int dot = type.indexOf('.');
        return switch (type) {
            case "log" -> "tool";
            case "message" -> "agent";
            case "status", "result", "warning", "error" -> "task";
            default -> dot < 0 ? type : type.substring(0, dot);
        };
    }

    private static Level level(String type, JsonNode data) {
        return switch (type) {
            case "log", "tool.output", "step.log" ->
                data.path("stream").asText().equals("stderr") ? Level.ERROR : Level.INFO;
            case "status" -> Level.DEBUG;
            case "warning", "step.retried" -> Level.WARNING;
            case "error", "step.failed" -> Level.ERROR;
            case "result" -> data.path("status").asText().equals("completed") ? Level.INFO : Level.ERROR;
            default -> Level.INFO;
        };
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("timestamp", Json.time(at))
                .put("level", level.name().toLowerCase(Locale.ROOT))
                .put("message", message);
        json.set("metadata", metadata);
        return json;
    }
}

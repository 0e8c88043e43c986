package ai.kubiya.server.task.log;

import ai.kubiya.server.execution.ExecutionEvent;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a task's log: an event of one of its attempts in the words of older APIs.
 *
 * @param id where a reader goes on: the attempt and the number of its event; null within an event
 */
record TaskLogLine(@Nullable String id, Instant at, Level level, String message, ObjectNode metadata) {

    /** How much it matters, the least first. The wire name is the lower-case name. */
    enum Level {
        DEBUG,
        INFO,
        WARNING,
        ERROR
    }

    /** None for what is no news to a reader of logs. */
    static List<TaskLogLine> of(int attempt, ExecutionEvent event) {
        JsonNode data = event.data();
        ObjectNode metadata = Json.object().put("attempt", attempt).put("component", component(event.type()));
        JsonNode step = data.path("step");
        if (step.isTextual()) {
            metadata.put("step", step.asText());
        }
        String message = switch (event.type()) {
            case "log", "tool.output", "step.log" ->
                data.path("content").asText().stripTrailing();
            case "message" -> data.path("content").asText();
            case "status" -> said(data, "It is " + data.path("status").asText() + ".");
            case "tool.call" -> "The agent calls " + data.path("name").asText() + ".";
            case "tool.result" -> "The tool is over: " + data.path("status").asText() + ".";
            case "result" -> said(data, "It is over: " + data.path("status").asText() + ".");
            case "approval.required" ->
                "It waits for an approval of "
                        + data.path("subject")
                                .asText(data.at("/approval/subject").asText()) + ".";
            case "approval.decided" -> "The approval was " + data.path("status").asText() + ".";
            case "warning", "error" -> data.path("message").asText();
            case "step.started" -> "The step " + step.asText() + " begins.";
            case "step.completed", "step.failed", "step.skipped", "step.retried" ->
                said(data, "The step " + step.asText() + " " + event.type().substring(5) + ".");
            default -> "";
        };
        if (message.isEmpty()) {
            return List.of();
        }
        // Output comes in pieces of many lines. Only the last one is a place to go on from.
        List<String> texts = isOutput(event.type()) ? message.lines().toList() : List.of(message);
        List<TaskLogLine> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String id = i == texts.size() - 1 ? attempt + "." + event.seq() : null;
            lines.add(new TaskLogLine(id, event.at(), level(event.type(), data), texts.get(i), metadata));
        }
        return lines;
    }

    private static boolean isOutput(String type) {
        return type.equals("log") || type.equals("tool.output") || type.equals("step.log");
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

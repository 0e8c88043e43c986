package ai.kubiya.server.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code POST …/api/chat}: one JSON object on each line; a tool call comes whole. */
final class OllamaAnswerWriter extends AnswerWriter {
    private int calls;

    OllamaAnswerWriter(HttpConnection connection) {
        super(connection);
    }

    @Override
    String contentType() {
        return "application/x-ndjson";
    }

    @Override
    void begin() {
        // The first line already carries content.
    }

    @Override
    void text(String text) throws IOException {
        connection.chunk(json(line(Map.of("role", "assistant", "content", text))) + "\n");
    }

    @Override
    void call(ScriptedReply.Part.Call call) throws IOException {
        connection.chunk(
                json(line(Map.of("role", "assistant", "content", "", "tool_calls", List.of(toolCall(call))))) + "\n");
    }

    private Map<String, Object> toolCall(ScriptedReply.Part.Call call) {
        return Map.of(
                "function",
                Map.of("index", calls++, "name", call.name(), "arguments", parsed(String.join("", call.fragments()))));
    }

    @Override
    void end(String finishReason, boolean usage) throws IOException {
        connection.chunk(json(last(Map.of("role", "assistant", "content", ""), finishReason)) + "\n");
    }

    private static Map<String, Object> line(Map<String, Object> message) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("model", "scripted");
        line.put("created_at", "2026-01-01T00:00:00.000000Z");
        line.put("message", message);
        line.put("done", false);
        return line;
    }

    private static Map<String, Object> last(Map<String, Object> message, String finishReason) {
        Map<String, Object> line = line(message);
        line.put("done", true);
        line.put("done_reason", finishReason.equals("length") ? "length" : "stop");
        line.put("prompt_eval_count", 11);
        line.put("eval_count", 7);
        return line;
    }

    @Override
    String whole(ScriptedReply reply) {
        StringBuilder text = new StringBuilder();
        List<Object> toolCalls = new ArrayList<>();
        for (ScriptedReply.Part part : reply.parts()) {
            if (part instanceof ScriptedReply.Part.Text piece) {
                text.append(piece.text());
            } else if (part instanceof ScriptedReply.Part.Call call) {
                toolCalls.add(toolCall(call));
            }
        }
        Map<String, Object> message = Map.of("role", "assistant", "content", text.toString(), "tool_calls", toolCalls);
        return json(last(message, reply.finishReason()));
    }

    @Override
    String errorBody(int status, String message) {
        return json(Map.of("error", message));
    }
}

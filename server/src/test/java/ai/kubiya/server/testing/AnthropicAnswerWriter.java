package ai.kubiya.server.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code POST …/v1/messages}: named server-sent events, one content block for each text and each tool use. */
final class AnthropicAnswerWriter extends AnswerWriter {
    private int block = -1;
    private boolean inText;

    AnthropicAnswerWriter(HttpConnection connection) {
        super(connection);
    }

    @Override
    String contentType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    void begin() throws IOException {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", "msg_scripted");
        message.put("type", "message");
        message.put("role", "assistant");
        message.put("model", "scripted");
        message.put("content", List.of());
        message.put("stop_reason", null);
        message.put("usage", Map.of("input_tokens", 11, "output_tokens", 1));
        event("message_start", Map.of("message", message));
        event("ping", Map.of());
    }

    @Override
    void text(String text) throws IOException {
        if (!inText) {
            start(Map.of("type", "text", "text", ""));
            inText = true;
        }
        event("content_block_delta", Map.of("index", block, "delta", Map.of("type", "text_delta", "text", text)));
    }

    @Override
    void call(ScriptedReply.Part.Call call) throws IOException {
        closeText();
        start(Map.of("type", "tool_use", "id", call.id(), "name", call.name(), "input", Map.of()));
        for (String fragment : call.fragments()) {
            event(
                    "content_block_delta",
                    Map.of("index", block, "delta", Map.of("type", "input_json_delta", "partial_json", fragment)));
        }
        event("content_block_stop", Map.of("index", block));
    }

    @Override
    void end(String finishReason, boolean usage) throws IOException {
        closeText();
        Map<String, Object> delta = new LinkedHashMap<>();
        delta.put("stop_reason", stopReason(finishReason));
        delta.put("stop_sequence", null);
        event("message_delta", Map.of("delta", delta, "usage", Map.of("output_tokens", 7)));
        event("message_stop", Map.of());
    }

    private static String stopReason(String finishReason) {
        return switch (finishReason) {
            case "tool_calls" -> "tool_use";
            case "length" -> "max_tokens";
            default -> "end_turn";
        };
    }

    private void start(Map<String, Object> content) throws IOException {
        block++;
        event("content_block_start", Map.of("index", block, "content_block", content));
    }

    private void closeText() throws IOException {
        if (inText) {
            event("content_block_stop", Map.of("index", block));
            inText = false;
        }
    }

    private void event(String name, Map<String, Object> fields) throws IOException {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", name);
        data.putAll(fields);
        connection.chunk("event: " + name + "\ndata: " + json(data) + "\n\n");
    }

    @Override
    String whole(ScriptedReply reply) {
        List<Object> content = new ArrayList<>();
        for (ScriptedReply.Part part : reply.parts()) {
            if (part instanceof ScriptedReply.Part.Text text) {
                content.add(Map.of("type", "text", "text", text.text()));
            } else if (part instanceof ScriptedReply.Part.Call call) {
                Object input = parsed(String.join("", call.fragments()));
                content.add(Map.of("type", "tool_use", "id", call.id(), "name", call.name(), "input", input));
            }
        }
        return json(Map.of(
                "id",
                "msg_scripted",
                "type",
                "message",
                "role",
                "assistant",
                "model",
                "scripted",
                "content",
                content,
                "stop_reason",
                stopReason(reply.finishReason()),
                "usage",
                Map.of("input_tokens", 11, "output_tokens", 7)));
    }

    @Override
    String errorBody(int status, String message) {
        String type = switch (status) {
            case 401 -> "authentication_error";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
        return json(Map.of("type", "error", "error", Map.of("type", type, "message", message)));
    }
}

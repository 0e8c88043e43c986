package ai.kubiya.server.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code POST …/chat/completions}: server-sent events of {@code chat.completion.chunk}, closed by {@code [DONE]}. */
final class OpenAiAnswerWriter extends AnswerWriter {
    private int calls;

    OpenAiAnswerWriter(HttpConnection connection) {
        super(connection);
    }

    @Override
    String contentType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    void begin() throws IOException {
        delta(Map.of("role", "assistant", "content", ""), null);
    }

    @Override
    void text(String text) throws IOException {
        delta(Map.of("content", text), null);
    }

    @Override
    void call(ScriptedReply.Part.Call call) throws IOException {
        int index = calls++;
        delta(
                Map.of(
                        "tool_calls",
                        List.of(Map.of(
                                "index",
                                index,
                                "id",
                                call.id(),
                                "type",
                                "function",
                                "function",
                                Map.of("name", call.name(), "arguments", "")))),
                null);
        for (String fragment : call.fragments()) {
            delta(
                    Map.of("tool_calls", List.of(Map.of("index", index, "function", Map.of("arguments", fragment)))),
                    null);
        }
    }

    @Override
    void end(String finishReason, boolean usage) throws IOException {
        delta(Map.of(), finishReason);
        if (usage) {
            Map<String, Object> chunk = chunk();
            chunk.put("choices", List.of());
            chunk.put("usage", usage());
            connection.chunk("data: " + json(chunk) + "\n\n");
        }
        connection.chunk("data: [DONE]\n\n");
    }

    private void delta(Map<String, Object> delta, @org.jspecify.annotations.Nullable String finishReason)
            throws IOException {
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put("delta", delta);
        choice.put("logprobs", null);
        choice.put("finish_reason", finishReason);
        Map<String, Object> chunk = chunk();
        chunk.put("choices", List.of(choice));
        connection.chunk("data: " + json(chunk) + "\n\n");
    }

    private static Map<String, Object> chunk() {
        Map<String, Object> chunk = new LinkedHashMap<>();
        chunk.put("id", "chatcmpl-scripted");
        chunk.put("object", "chat.completion.chunk");
        chunk.put("created", 1_700_000_000);
        chunk.put("model", "scripted");
        return chunk;
    }

    private static Map<String, Object> usage() {
        return Map.of("prompt_tokens", 11, "completion_tokens", 7, "total_tokens", 18);
    }

    @Override
    String whole(ScriptedReply reply) {
        StringBuilder text = new StringBuilder();
        List<Object> toolCalls = new ArrayList<>();
        for (ScriptedReply.Part part : reply.parts()) {
            if (part instanceof ScriptedReply.Part.Text piece) {
                text.append(piece.text());
            } else if (part instanceof ScriptedReply.Part.Call call) {
                toolCalls.add(Map.of(
                        "id",
                        call.id(),
                        "type",
                        "function",
                        "function",
                        Map.of("name", call.name(), "arguments", String.join("", call.fragments()))));
            }
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", "assistant");
        message.put("content", text.isEmpty() ? null : text.toString());
        if (!toolCalls.isEmpty()) {
            message.put("tool_calls", toolCalls);
        }
        Map<String, Object> answer = chunk();
        answer.put("object", "chat.completion");
        answer.put("choices", List.of(Map.of("index", 0, "message", message, "finish_reason", reply.finishReason())));
        answer.put("usage", usage());
        return json(answer);
    }

    @Override
    String errorBody(int status, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message);
        error.put("type", status == 429 ? "requests" : "invalid_request_error");
        error.put("param", null);
        error.put("code", status == 401 ? "invalid_api_key" : null);
        return json(Map.of("error", error));
    }
}

package ai.kubiya.server.agent.chat;

import ai.kubiya.server.agent.chat.loop.Citation;
import ai.kubiya.server.agent.chat.loop.TurnEvent;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.model.ModelUsage;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers a whole turn, for clients that want one answer instead of a stream. */
public final class ChatAnswer implements TurnFollower.Reader {
    private final List<TurnEvent.Message> messages = new ArrayList<>();
    private final Map<String, ObjectNode> toolCalls = new LinkedHashMap<>();
    private List<Citation> citations = List.of();
    private TurnEvent.@Nullable Failure failure;
    private TurnEvent.Done done = new TurnEvent.Done("error", ModelUsage.NONE, 0);

    @Override
    public void event(long seq, TurnEvent event) {
        switch (event) {
            case TurnEvent.Knowledge found -> citations = found.citations();
            case TurnEvent.Message message -> messages.add(message);
            case TurnEvent.ToolCall call -> {
                ObjectNode json = Json.object().put("id", call.id()).put("name", call.name());
                json.set("arguments", call.arguments());
                toolCalls.put(call.id(), json.put("execution_id", call.executionId()));
            }
            case TurnEvent.ToolResult result ->
                toolCalls
                        .computeIfAbsent(result.id(), id -> Json.object().put("id", id))
                        .put("status", result.status())
                        .put("exit_code", result.exitCode())
                        .put("result", result.content());
            case TurnEvent.Failure failed -> failure = failed;
            case TurnEvent.Done end -> done = end;
            case TurnEvent.MessageDelta _,
                    TurnEvent.MessageRestarted _,
                    TurnEvent.ApprovalRequired _,
                    TurnEvent.ToolOutput _ -> {
                // Whole messages and results come, too.
            }
        }
    }

    /** Everything that the agent said, what it said between tool calls included. */
    public String text() {
        return String.join(
                "\n\n", messages.stream().map(TurnEvent.Message::content).toList());
    }

    /** What the agent said last. */
    public String lastText() {
        return messages.isEmpty() ? "" : messages.getLast().content();
    }

    public Optional<TurnEvent.Failure> failure() {
        return Optional.ofNullable(failure);
    }

    public TurnEvent.Done done() {
        return done;
    }

    ObjectNode toJson(String sessionId, String executionId) {
        ObjectNode json = Json.object().put("session_id", sessionId).put("execution_id", executionId);
        json.put("message_id", messages.isEmpty() ? null : messages.getLast().messageId());
        json.put("message", lastText());
        toolCalls.values().forEach(json.putArray("tool_calls")::add);
        ArrayNode shown = json.putArray("citations");
        for (Citation citation : citations) {
            ObjectNode each = Json.MAPPER.valueToTree(citation);
            shown.add(each.put("cited", text().contains("[" + citation.number() + "]")));
        }
        json.set("usage", Json.MAPPER.valueToTree(done.usage()));
        json.put("steps", done.steps()).put("finish_reason", done.finishReason());
        json.set("error", failure == null ? null : Json.MAPPER.valueToTree(failure));
        return json;
    }
}

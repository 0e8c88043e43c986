package ai.kubiya.server.agent.chat.compat;

import ai.kubiya.server.agent.chat.SpokenText;
import ai.kubiya.server.agent.chat.TurnFollower;
import ai.kubiya.server.agent.chat.loop.TurnEvent;
import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * The data stream protocol, version 1, as today's command line reads it: {@code 0:} text, {@code 9:} tool call, {@code a:}
 * its result, {@code 3:} error, {@code d:} end. Texts are joined by the client over the whole turn.
 */
final class VercelChat implements TurnFollower.Reader {
    private final EventStream out;
    private final SpokenText text = new SpokenText();

    VercelChat(EventStream out) {
        this.out = out;
    }

    @Override
    public void event(long seq, TurnEvent event) throws IOException {
        switch (event) {
            case TurnEvent.MessageDelta delta -> {
                for (String part : TextParts.of(text.next(delta))) {
                    line("0", Json.MAPPER.getNodeFactory().textNode(part));
                }
            }
            case TurnEvent.ToolCall call -> {
                ObjectNode json = Json.object().put("toolCallId", call.id()).put("toolName", call.name());
                json.set("args", arguments(call));
                line("9", json);
            }
            case TurnEvent.ApprovalRequired required -> line("2", Json.array().add(Json.MAPPER.valueToTree(required)));
            // Once per call: the client takes a second one for a longer version of the first.
            case TurnEvent.ToolResult result ->
                line("a", Json.object().put("toolCallId", result.id()).put("result", TextParts.end(result.content())));
            case TurnEvent.Failure failure ->
                line("3", Json.MAPPER.getNodeFactory().textNode(TextParts.end(failure.message())));
            case TurnEvent.Done done -> {
                ObjectNode json = Json.object().put("finishReason", done.finishReason());
                json.putObject("usage")
                        .put("promptTokens", done.usage().promptTokens())
                        .put("completionTokens", done.usage().completionTokens());
                line("d", json);
            }
            case TurnEvent.Message _, TurnEvent.MessageRestarted _, TurnEvent.ToolOutput _, TurnEvent.Knowledge _ -> {
                // The pieces of the text and the result of the tool say it all.
            }
        }
    }

    /** An object, whatever the model wrote: clients read nothing else. */
    private static JsonNode arguments(TurnEvent.ToolCall call) {
        String json = Json.text(call.arguments());
        if (json.length() > TextParts.LONGEST) {
            return Json.object().put("shortened", json.substring(0, TextParts.LONGEST));
        }
        return call.arguments().isObject() ? call.arguments() : Json.object().set("text", call.arguments());
    }

    private void line(String type, JsonNode payload) throws IOException {
        out.line(type + ":" + Json.text(payload));
    }

    @Override
    public void caughtUp() throws IOException {
        out.flush();
    }

    @Override
    public void silence() throws IOException {
        // Empty data: the protocol knows no comments.
        out.line("2:[]");
        out.flush();
    }
}

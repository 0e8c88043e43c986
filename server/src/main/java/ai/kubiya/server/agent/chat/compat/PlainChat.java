package ai.kubiya.server.agent.chat.compat;

import ai.kubiya.server.agent.chat.TurnFollower;
import ai.kubiya.server.agent.chat.loop.TurnEvent;
import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * {@code data:} lines with the messages of a chat as existing clients keep them: {@code content} is all of the message
 * so far, under one {@code message_id}. A long message goes on under another id, so that no line gets too long.
 */
final class PlainChat implements TurnFollower.Reader {
    private final EventStream out;
    private final String session;
    private final Clock clock;
    private final RunningMessage message = new RunningMessage();
    private @Nullable String error;

    PlainChat(EventStream out, String session, Clock clock) {
        this.out = out;
        this.session = session;
        this.clock = clock;
    }

    @Override
    public void event(long seq, TurnEvent event) throws IOException {
        switch (event) {
            case TurnEvent.MessageDelta delta -> {
                for (String part : TextParts.of(delta.content())) {
                    message.add(delta.messageId(), part);
                    send("text", message.text(), message.id(), false);
                }
            }
            case TurnEvent.MessageRestarted _ -> message.forget();
            case TurnEvent.ToolCall call ->
                send(
                        "tool",
                        "Tool: " + call.name() + "\nArguments: " + TextParts.end(Json.text(call.arguments())),
                        call.id(),
                        false);
            case TurnEvent.ApprovalRequired required ->
                send("tool_output", required.inWords(), required.id() + "-approval", false);
            case TurnEvent.ToolResult result ->
                send("tool_output", TextParts.end(result.content()), result.id(), false);
            case TurnEvent.Failure failure -> {
                error = TextParts.end(failure.message());
                send("error", error, "", false);
            }
            case TurnEvent.Done done -> end(done);
            case TurnEvent.Message _, TurnEvent.ToolOutput _, TurnEvent.Knowledge _ -> {
                // Said by the pieces and the result.
            }
        }
    }

    private void end(TurnEvent.Done done) throws IOException {
        ObjectNode json = json("completion", message.text(), message.id(), true);
        json.put("error", error).put("finish_reason", done.finishReason());
        out.send(null, null, json);
    }

    private void send(String type, String content, String messageId, boolean last) throws IOException {
        out.send(null, null, json(type, content, messageId, last));
    }

    private ObjectNode json(String type, String content, String messageId, boolean last) {
        boolean system = type.equals("tool") || type.equals("tool_output") || type.equals("error");
        return Json.object()
                .put("content", content)
                .put("type", type)
                .put("message_id", messageId)
                .put("timestamp", Json.time(clock.instant()))
                .put("sender_name", system ? "System" : "Bot")
                .put("final", last)
                .put("session_id", session)
                .put("error", type.equals("error") ? content : null)
                .putNull("finish_reason");
    }

    @Override
    public void caughtUp() throws IOException {
        out.flush();
    }

    @Override
    public void silence() throws IOException {
        out.heartbeat();
    }
}

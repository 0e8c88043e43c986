package ai.kubiya.server.agent.chat.compat;

import ai.kubiya.server.agent.chat.TurnFollower;
import ai.kubiya.server.agent.chat.loop.TurnEvent;
import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** One JSON object to a line; of each id the last one counts, so each repeats its message from the start. */
final class ConverseLines implements TurnFollower.Reader {
    private final EventStream out;
    private final String session;
    private final RunningMessage message = new RunningMessage();

    ConverseLines(EventStream out, String session) {
        this.out = out;
        this.session = session;
    }

    @Override
    public void event(long seq, TurnEvent event) throws IOException {
        switch (event) {
            case TurnEvent.MessageDelta delta -> {
                for (String part : TextParts.of(delta.content())) {
                    message.add(delta.messageId(), part);
                    line(message.text(), message.id(), "msg", "running", false);
                }
            }
            case TurnEvent.MessageRestarted _ -> message.forget();
            case TurnEvent.ToolCall call ->
                line(
                        "Tool: " + call.name() + "\nArguments: " + TextParts.end(Json.text(call.arguments())),
                        call.id(),
                        "tool",
                        "running",
                        false);
            case TurnEvent.ApprovalRequired required ->
                line(required.inWords(), required.id() + "-approval", "tool_output", "waiting", false);
            case TurnEvent.ToolResult result ->
                line(TextParts.end(result.content()), result.id() + "-output", "tool_output", result.status(), false);
            case TurnEvent.Failure failure ->
                line(TextParts.end(failure.message()), "error", "error", failure.code(), false);
            case TurnEvent.Done done -> {
                String id = message.id().isEmpty() ? "done" : message.id();
                line(message.text(), id, "msg", done.finishReason(), true);
            }
            case TurnEvent.Message _, TurnEvent.ToolOutput _, TurnEvent.Knowledge _ -> {
                // Said by the pieces and the result.
            }
        }
    }

    private void line(String text, String id, String type, String status, boolean done) throws IOException {
        ObjectNode json = Json.object()
                .put("message", text)
                .put("id", id)
                .put("type", type)
                .put("done", done)
                .put("status", status)
                .put("session_id", session);
        out.line(Json.text(json));
    }

    @Override
    public void caughtUp() throws IOException {
        out.flush();
    }

    @Override
    public void silence() throws IOException {
        out.line("");
        out.flush();
    }
}

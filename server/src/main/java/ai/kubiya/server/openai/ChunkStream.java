package ai.kubiya.server.openai;

import ai.kubiya.server.agent.chat.SpokenText;
import ai.kubiya.server.agent.chat.TurnFollower;
import ai.kubiya.server.agent.chat.loop.TurnEvent;
import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A turn as a stream of chunks. Tools run on the server and are not told of. */
final class ChunkStream implements TurnFollower.Reader {
    private final EventStream out;
    private final Completion completion;
    private final boolean includeUsage;
    private final SpokenText text = new SpokenText();
    private TurnEvent.@Nullable Failure failure;
    private boolean begun;

    ChunkStream(EventStream out, Completion completion, boolean includeUsage) {
        this.out = out;
        this.completion = completion;
        this.includeUsage = includeUsage;
    }

    @Override
    public void event(long seq, TurnEvent event) throws IOException {
        switch (event) {
            case TurnEvent.MessageDelta delta -> content(text.next(delta));
            case TurnEvent.Failure failed -> failure = failed;
            case TurnEvent.Done done -> end(done);
            case TurnEvent.Knowledge _,
                    TurnEvent.Message _,
                    TurnEvent.MessageRestarted _,
                    TurnEvent.ToolCall _,
                    TurnEvent.ApprovalRequired _,
                    TurnEvent.ToolOutput _,
                    TurnEvent.ToolResult _ -> {
                // Nothing that the protocol has a word for.
            }
        }
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            out.send(
                    null,
                    null,
                    completion.chunk(Json.object().put("role", "assistant").put("content", ""), null));
        }
    }

    private void content(String more) throws IOException {
        begin();
        out.send(null, null, completion.chunk(Json.object().put("content", more), null));
    }

    private void end(TurnEvent.Done done) throws IOException {
        if (Completion.isAnswer(done.finishReason())) {
            begin();
            out.send(null, null, completion.chunk(Json.object(), Completion.finishReason(done.finishReason())));
            if (includeUsage) {
                out.send(null, null, completion.usage(done.usage()));
            }
        } else {
            TurnEvent.Failure told =
                    failure != null ? failure : new TurnEvent.Failure("cancelled", "The turn was cancelled.");
            out.send(null, null, OpenAiErrors.body(told));
        }
        out.data("[DONE]");
    }

    @Override
    public void caughtUp() throws IOException {
        // Clients take the first chunk for a sign of life, and tools may run before there is anything to say.
        begin();
        out.flush();
    }

    @Override
    public void silence() throws IOException {
        out.heartbeat();
    }
}

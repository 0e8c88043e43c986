package ai.kubiya.server.tool.run;

import ai.kubiya.server.http.EventStream;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Each event one {@code data:} line; the last is {@code [DONE]}. */
record PlainFraming() implements ExecFraming {
    @Override
    public void event(EventStream out, long seq, ObjectNode event) throws IOException {
        out.send(Long.toString(seq), null, event);
    }

    @Override
    public void alive(EventStream out) throws IOException {
        out.heartbeat();
    }

    @Override
    public void end(EventStream out, ObjectNode result) throws IOException {
        out.data("[DONE]");
    }
}

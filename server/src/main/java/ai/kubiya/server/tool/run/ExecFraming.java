package ai.kubiya.server.tool.run;

import ai.kubiya.server.http.EventStream;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** How the events of {@code tools/exec} are put on the wire. */
sealed interface ExecFraming permits PlainFraming, VercelFraming {
    void event(EventStream out, long seq, ObjectNode event) throws IOException;

    /** Nothing happened, but the stream is there. */
    void alive(EventStream out) throws IOException;

    void end(EventStream out, ObjectNode result) throws IOException;
}

package ai.kubiya.server.tool.run;

import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The data stream protocol, version 1: {@code 2:} data, {@code 3:} error, {@code d:} done. */
record VercelFraming() implements ExecFraming {
    @Override
    public void event(EventStream out, long seq, ObjectNode event) throws IOException {
        if (event.path("type").asText().equals("error")) {
            out.line("3:" + Json.text(event.path("message")));
        } else {
            out.line("2:" + Json.text(Json.array().add(event)));
        }
    }

    /** The protocol has no comments; its readers stop at a line without a code. */
    @Override
    public void alive(EventStream out) throws IOException {
        out.line("2:[]");
        out.flush();
    }

    @Override
    public void end(EventStream out, ObjectNode result) throws IOException {
        boolean completed = result.path("status").asText().equals("completed");
        ObjectNode done = Json.object().put("finishReason", completed ? "stop" : "error");
        done.putObject("usage").put("promptTokens", 0).put("completionTokens", 0);
        out.line("d:" + Json.text(done));
    }
}

package ai.kubiya.server.execution;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** An event that has no number yet. */
public record NewEvent(Instant at, String type, ObjectNode data) {
    /** A text that the server has as the output of what it did; none when it is empty. */
    public static List<NewEvent> output(Instant at, String text) {
        // The database's JSON has no place for the character NUL.
        return text.isEmpty()
                ? List.of()
                : List.of(new NewEvent(
                        at, "log", Json.object().put("stream", "stdout").put("content", text.replace('\0', '\uFFFD'))));
    }
}

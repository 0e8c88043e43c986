package ai.kubiya.server.state;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lock that somebody holds.
 *
 * @param info what Terraform said when it took it, to be shown to others as it is
 * @param by who took it
 * @param execution the execution that Terraform runs in; null = somebody's own machine
 */
public record HeldLock(
        String id, String info, String by, @Nullable UUID execution, Instant at) {

    ObjectNode toJson() {
        ObjectNode said = Json.parseObject(info);
        ObjectNode json = Json.object();
        json.put("id", id)
                .put("operation", said.path("Operation").asText())
                .put("info", said.path("Info").asText())
                .put("who", said.path("Who").asText())
                .put("version", said.path("Version").asText())
                .put("created", said.path("Created").asText())
                .put("path", said.path("Path").asText())
                .put("locked_by", by)
                .put("execution_id", execution == null ? null : execution.toString())
                .put("locked_at", Json.time(at));
        return json;
    }

    /** For people. */
    String words() {
        ObjectNode said = Json.parseObject(info);
        String what = said.path("Operation").asText();
        return "The state is locked by " + by + " since " + Json.time(at) + " (ID " + id
                + (what.isEmpty() ? "" : ", " + what)
                + (execution == null ? "" : ", execution " + execution) + ")";
    }
}

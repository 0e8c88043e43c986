package ai.kubiya.server.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A request that a scripted model got.
 *
 * @param path with its query
 * @param headers names in lower case
 */
public record ModelRequest(String method, String path, Map<String, String> headers, JsonNode body) {
    public JsonNode messages() {
        return body.path("messages");
    }

    public JsonNode lastMessage() {
        return messages().path(messages().size() - 1);
    }

    public JsonNode tools() {
        return body.path("tools");
    }

    public boolean stream() {
        return body.path("stream").asBoolean();
    }
}

package ai.kubiya.server.webhook.incoming.answer;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What of a request is kept for those who look at deliveries. */
final class Shown {
    private static final int LONGEST = 16 << 10;

    private Shown() {}

    /** Headers may hold a token, so none are kept. */
    static ObjectNode request(String body) {
        ObjectNode request = Json.object();
        request.putObject("headers").put("content-type", "application/json");
        return request.put("body", Answer.cut(body, LONGEST));
    }
}

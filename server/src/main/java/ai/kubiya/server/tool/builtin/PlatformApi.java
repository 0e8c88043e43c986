package ai.kubiya.server.tool.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.http.ApiCalls;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.util.List;

/** This API for a tool, in somebody's name. Refusals become sentences. */
public final class PlatformApi {
    private final ApiCalls api;
    private final Caller caller;

    PlatformApi(ApiCalls api, Caller caller) {
        this.api = api;
        this.caller = caller;
    }

    /** A segment of a path. */
    public static String segment(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    public JsonNode get(String target) throws ToolFailed, InterruptedException {
        return call("GET", target, new byte[0]);
    }

    public JsonNode post(String target, ObjectNode body) throws ToolFailed, InterruptedException {
        return call("POST", target, Json.text(body).getBytes(UTF_8));
    }

    private JsonNode call(String method, String target, byte[] body) throws ToolFailed, InterruptedException {
        ApiCalls.Answer answer = api.call(caller, method, target, body);
        JsonNode json = Json.parse(answer.body());
        if (answer.status() >= 400) {
            throw new ToolFailed(sentence(json));
        }
        return json;
    }

    private static String sentence(JsonNode error) {
        List<String> problems = error.path("errors")
                .valueStream()
                .map(problem -> problem.path("field").asText() + " "
                        + problem.path("message").asText())
                .toList();
        return problems.isEmpty() ? error.path("details").asText() : String.join("; ", problems) + ".";
    }
}

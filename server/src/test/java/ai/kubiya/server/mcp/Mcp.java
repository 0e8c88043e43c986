package ai.kubiya.server.mcp;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Messages written by hand, for what no client library sends. */
final class Mcp {
    static final String MODERN = "2026-07-28";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Mcp() {}

    static ObjectNode request(String method) {
        ObjectNode message =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        message.putObject("params");
        return message;
    }

    static ObjectNode call(String tool) {
        ObjectNode message = request("tools/call");
        message.withObject("/params").put("name", tool).putObject("arguments");
        return message;
    }

    /** Those that the organisation has made, of a list that the platform's own begin. */
    static List<String> names(JsonNode tools) {
        return tools.findValuesAsText("name").stream()
                .filter(name -> !name.startsWith("kubiya_"))
                .toList();
    }

    /** With what every request carries from that revision on. */
    static ObjectNode modern(ObjectNode message) {
        ObjectNode meta = message.withObject("/params/_meta");
        meta.put("io.modelcontextprotocol/protocolVersion", MODERN);
        meta.putObject("io.modelcontextprotocol/clientCapabilities");
        return message;
    }

    static ApiClient headers(ApiClient client, ObjectNode message) {
        ApiClient with = client.withHeader("MCP-Protocol-Version", MODERN)
                .withHeader("Mcp-Method", message.path("method").asText());
        String name = message.at("/params/name").asText();
        return name.isEmpty() ? with : with.withHeader("Mcp-Name", name);
    }

    /** Answered whole. */
    static Answer send(ApiClient client, ObjectNode message) {
        return client.post("/mcp", message.toString());
    }

    static Answer sendModern(ApiClient client, ObjectNode message) {
        return send(headers(client, message), modern(message));
    }

    /** Answered as a stream. */
    static EventReader stream(ApiClient client, ObjectNode message) {
        message.withObject("/params/_meta").put("progressToken", "p");
        return client.withHeader("Accept", "application/json, text/event-stream").stream(
                "POST", "/mcp", message.toString());
    }

    static void script(ApiClient client, String name, String content) {
        client.create(
                "/v1/tools",
                JSON.createObjectNode()
                        .put("name", name)
                        .put("description", "Runs " + name + ".")
                        .put("type", "script")
                        .put("content", content)
                        .toString());
    }
}

package ai.kubiya.server.mcp;

import ai.kubiya.server.agent.chat.loop.ToolOutcome;
import ai.kubiya.server.agent.chat.loop.ToolText;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.model.ModelTool;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What this server says, as JSON-RPC. */
final class McpAnswers {
    /** Of a tool's output; more than a model wants to read. */
    private static final int LONGEST_OUTPUT = 128 << 10;

    private static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";

    private final String version;

    /** @param version of this server */
    McpAnswers(String version) {
        this.version = version;
    }

    private ObjectNode server() {
        return Json.object().put("name", "kubiya").put("title", "Kubiya").put("version", version);
    }

    private static ObjectNode capabilities() {
        ObjectNode capabilities = Json.object();
        capabilities.putObject("tools").put("listChanged", false);
        return capabilities;
    }

    /** A result in the form of the request's revision. */
    ObjectNode result(McpMessage request, ObjectNode result) {
        if (request.modern()) {
            result.put("resultType", "complete");
            result.withObjectProperty("_meta").set(SERVER_INFO, server());
        }
        ObjectNode answer = Json.object().put("jsonrpc", "2.0");
        answer.set("id", request.id());
        answer.set("result", result);
        return answer;
    }

    ObjectNode initialize(McpMessage request, String instructions) {
        ObjectNode result = Json.object()
                .put(
                        "protocolVersion",
                        McpVersions.agreed(
                                request.params().path("protocolVersion").asText()));
        result.set("capabilities", capabilities());
        result.set("serverInfo", server());
        return result(request, result.put("instructions", instructions));
    }

    ObjectNode discover(McpMessage request, String instructions) {
        ObjectNode result = fresh();
        result.set("supportedVersions", Json.array(McpVersions.ALL));
        result.set("capabilities", capabilities());
        return result(request, result.put("instructions", instructions));
    }

    /** Of one caller's own, and out of date as soon as somebody adds a tool. */
    private static ObjectNode fresh() {
        return Json.object().put("ttlMs", 0).put("cacheScope", "private");
    }

    ObjectNode tools(McpMessage request, List<ModelTool> tools, @Nullable String nextCursor) {
        ObjectNode result = request.modern() ? fresh() : Json.object();
        ArrayNode list = result.putArray("tools");
        for (ModelTool tool : tools) {
            list.addObject()
                    .put("name", tool.name())
                    .put("description", tool.description())
                    .set("inputSchema", tool.parameters());
        }
        if (nextCursor != null) {
            result.put("nextCursor", nextCursor);
        }
        return result(request, result);
    }

    ObjectNode called(McpMessage request, UUID execution, ToolOutcome outcome) {
        ObjectNode result =
                content(ToolText.of(outcome, LONGEST_OUTPUT), outcome.status() != ToolOutcome.Status.COMPLETED);
        result.putObject("_meta").put("ai.kubiya/executionId", execution.toString());
        return result(request, result);
    }

    /** The call was not accepted and nothing ran; the model may do better with what it reads. */
    ObjectNode refused(McpMessage request, String why) {
        return result(request, content(why, true));
    }

    private static ObjectNode content(String text, boolean isError) {
        ObjectNode result = Json.object();
        result.putArray("content").addObject().put("type", "text").put("text", text);
        return result.put("isError", isError);
    }

    static ObjectNode progress(JsonNode token, long progress, String message) {
        ObjectNode notification = Json.object().put("jsonrpc", "2.0").put("method", "notifications/progress");
        ObjectNode params = notification.putObject("params");
        params.set("progressToken", token);
        params.put("progress", progress).put("message", message);
        return notification;
    }
}

package ai.kubiya.server.mcp;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A message that is refused, in the words of JSON-RPC. */
final class McpError extends Exception {
    private static final long serialVersionUID = 1;

    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int HEADER_MISMATCH = -32020;
    static final int UNSUPPORTED_VERSION = -32022;

    private final int status;
    private final int code;

    @SuppressWarnings("serial")
    private final @Nullable ObjectNode data;

    private McpError(int status, int code, String message, @Nullable ObjectNode data) {
        super(message);
        this.status = status;
        this.code = code;
        this.data = data;
    }

    /** A message that is not what the transport takes. */
    static McpError bad(int code, String message) {
        return new McpError(400, code, message, null);
    }

    /** A well-formed request that cannot be done as it is. */
    static McpError answered(int code, String message) {
        return new McpError(200, code, message, null);
    }

    static McpError withStatus(int status, int code, String message) {
        return new McpError(status, code, message, null);
    }

    static McpError version(String asked) {
        ObjectNode data = Json.object().put("requested", asked);
        data.set("supported", Json.array(McpVersions.ALL));
        return new McpError(400, UNSUPPORTED_VERSION, "Unsupported protocol version", data);
    }

    int status() {
        return status;
    }

    /** @param id of the request, if it could be read */
    ObjectNode toJson(@Nullable JsonNode id) {
        ObjectNode json = Json.object().put("jsonrpc", "2.0");
        if (id != null) {
            json.set("id", id);
        }
        ObjectNode error = json.putObject("error").put("code", code).put("message", getMessage());
        if (data != null) {
            error.set("data", data);
        }
        return json;
    }
}

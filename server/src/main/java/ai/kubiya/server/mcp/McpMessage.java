package ai.kubiya.server.mcp;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message of a client.
 *
 * @param id null = a notification, which is not answered
 * @param method empty = an answer to something that this server never asks
 * @param modern whether it stands for itself, as from the revision 2026-07-28 on
 */
record McpMessage(@Nullable JsonNode id, String method, ObjectNode params, boolean modern) {
    private static final String PREFIX = "io.modelcontextprotocol/";
    private static final String VERSION_HEADER = "mcp-protocol-version";

    /**
     * Takes a message apart.
     *
     * @param headers by lower-case name
     */
    static McpMessage of(JsonNode body, Map<String, String> headers) throws McpError {
        if (body.isArray()) {
            throw McpError.bad(
                    McpError.INVALID_REQUEST, "Batches are not taken: send each message in a request of its own.");
        }
        if (!(body instanceof ObjectNode message)
                || !message.path("jsonrpc").asText().equals("2.0")) {
            throw McpError.bad(
                    McpError.INVALID_REQUEST,
                    "The body must be a JSON-RPC message: an object with \"jsonrpc\": \"2.0\".");
        }
        JsonNode id = id(message);
        if (!message.path("method").isTextual()) {
            if (message.has("result") || message.has("error")) {
                return new McpMessage(null, "", Json.object(), false);
            }
            throw McpError.bad(McpError.INVALID_REQUEST, "A message needs a \"method\", which is a string.");
        }
        JsonNode params = message.path("params");
        if (!params.isMissingNode() && !params.isObject()) {
            throw McpError.bad(McpError.INVALID_PARAMS, "\"params\" must be an object.");
        }
        McpMessage read = new McpMessage(
                id,
                message.path("method").asText(),
                params instanceof ObjectNode object ? object : Json.object(),
                isModern(params, headers));
        if (read.modern && !read.isNotification()) {
            read.checkMetadata(headers);
        }
        return read;
    }

    /** The id of a message that may be refused; null where it has none that could be sent back. */
    static @Nullable JsonNode idOf(JsonNode body) {
        JsonNode id = body.path("id");
        return id.isTextual() || id.isIntegralNumber() ? id : null;
    }

    private static @Nullable JsonNode id(ObjectNode message) throws McpError {
        if (message.has("id") && idOf(message) == null) {
            throw McpError.bad(McpError.INVALID_REQUEST, "The \"id\" must be a string or a whole number.");
        }
        return idOf(message);
    }

    private static boolean isModern(JsonNode params, Map<String, String> headers) throws McpError {
        String header = headers.getOrDefault(VERSION_HEADER, "");
        String said = meta(params, "protocolVersion").asText("");
        for (String version : new String[] {header, said}) {
            if (!version.isEmpty() && !McpVersions.ALL.contains(version)) {
                throw McpError.version(version);
            }
        }
        return header.equals(McpVersions.MODERN) || said.equals(McpVersions.MODERN);
    }

    private static JsonNode meta(JsonNode params, String name) {
        return params.path("_meta").path(PREFIX + name);
    }

    /** Headers repeat parts of the body for those in between; a difference means that somebody is being misled. */
    private void checkMetadata(Map<String, String> headers) throws McpError {
        for (String required : new String[] {"protocolVersion", "clientCapabilities"}) {
            JsonNode value = meta(params, required);
            if (required.equals("protocolVersion") ? !value.isTextual() : !value.isObject()) {
                throw McpError.bad(
                        McpError.INVALID_PARAMS, "params/_meta must have the field " + PREFIX + required + ".");
            }
        }
        checkHeader(headers, VERSION_HEADER, meta(params, "protocolVersion").asText());
        checkHeader(headers, "mcp-method", method);
        String name = switch (method) {
            case "tools/call", "prompts/get" -> params.path("name").asText("");
            case "resources/read" -> params.path("uri").asText("");
            default -> "";
        };
        if (!name.isEmpty()) {
            checkHeader(headers, "mcp-name", name);
        }
    }

    private static void checkHeader(Map<String, String> headers, String header, String said) throws McpError {
        String value = headers.get(header);
        if (value == null) {
            throw McpError.bad(McpError.HEADER_MISMATCH, "The header " + header + " is missing.");
        }
        if (!Objects.equals(decoded(value), said)) {
            throw McpError.bad(
                    McpError.HEADER_MISMATCH,
                    "Header mismatch: " + header + " is \"" + value + "\", but the body says \"" + said + "\".");
        }
    }

    /** What no header can hold comes in Base64 between marks. Null when it is not what the marks say. */
    private static @Nullable String decoded(String value) {
        if (!value.startsWith("=?base64?") || !value.endsWith("?=")) {
            return value;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(value.substring(9, value.length() - 2));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    boolean isNotification() {
        return id == null;
    }

    /** What the client wants to be told of progress under; null = it does not want to. */
    @Nullable
    JsonNode progressToken() {
        JsonNode token = params.path("_meta").path("progressToken");
        return token.isTextual() || token.isIntegralNumber() ? token : null;
    }
}

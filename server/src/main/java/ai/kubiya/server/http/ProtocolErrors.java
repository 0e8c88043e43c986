package ai.kubiya.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.DirectHandlers;
import java.nio.charset.StandardCharsets;

/** Answers to requests that never reach a route: broken request lines, oversized heads. In our form like all others. */
final class ProtocolErrors {
    private ProtocolErrors() {}

    static DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, (_, _, status, headers, _) -> {
                String requestId = RequestIds.next();
                return DirectHandler.TransportResponse.builder()
                        .status(status)
                        .headers(headers)
                        .header(HeaderNames.CONTENT_TYPE, "application/json")
                        .header(HeaderNames.create("X-Request-Id"), requestId)
                        .entity(Json.text(body(status.code(), requestId)).getBytes(StandardCharsets.UTF_8))
                        .build();
            });
        }
        return handlers.build();
    }

    private static ObjectNode body(int status, String requestId) {
        ErrorCode code = switch (status) {
            case 404 -> ErrorCode.NOT_FOUND;
            case 413 -> ErrorCode.PAYLOAD_TOO_LARGE;
            default -> status < 500 ? ErrorCode.VALIDATION_FAILED : ErrorCode.INTERNAL_ERROR;
        };
        // The library's own statuses say more than the code's.
        return ErrorAnswers.body(ApiException.of(code, details(status)), requestId)
                .put("status", status);
    }

    private static String details(int status) {
        return switch (status) {
            case 414 -> "The path with its query is longer than this server takes. Send less, or send it in a body.";
            case 431 -> "The headers are larger than this server takes. Send fewer or shorter ones.";
            default -> "The request could not be read as HTTP.";
        };
    }
}

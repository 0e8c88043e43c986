package ai.kubiya.server.openai;

import ai.kubiya.server.agent.chat.loop.TurnEvent;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Response;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Failures in the form that clients of this protocol parse: {@code {"error": {message, type, param, code}}}. */
final class OpenAiErrors {
    private static final int FAILED = 502;

    private OpenAiErrors() {}

    static Response of(ApiException refusal) {
        int status = refusal.code().status();
        String type = switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
        String code = status == 404 ? "model_not_found" : refusal.code().name().toLowerCase(Locale.ROOT);
        ObjectNode body = body(refusal.details(), type, code);
        if (!refusal.problems().isEmpty()) {
            ((ObjectNode) body.path("error"))
                    .put("param", refusal.problems().getFirst().field());
        }
        Response response = Response.json(status, body);
        for (var header : refusal.headers().entrySet()) {
            response = response.withHeader(header.getKey(), header.getValue());
        }
        return response;
    }

    /** A turn that failed has run tools perhaps, so a client should not just send it again, as its library would. */
    static Response of(TurnEvent.Failure failure) {
        return Response.json(FAILED, body(failure)).withHeader("x-should-retry", "false");
    }

    static ObjectNode body(TurnEvent.Failure failure) {
        return body(failure.message(), "server_error", failure.code());
    }

    private static ObjectNode body(String message, String type, String code) {
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("message", message)
                .put("type", type)
                .putNull("param")
                .put("code", code);
        return body;
    }
}

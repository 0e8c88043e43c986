package ai.kubiya.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a failure becomes an answer (contract, section 2). */
final class ErrorAnswers {
    private static final Logger log = LoggerFactory.getLogger(ErrorAnswers.class);

    private ErrorAnswers() {}

    static Response of(Throwable failure, String requestId) {
        if (failure instanceof ApiException exception) {
            if (exception.code().status() >= 500) {
                // Only a cause is worth a stack trace: the sentence says where it was thrown.
                log.warn("{}: {}", requestId, exception.details(), exception.getCause());
            }
            return of(exception, requestId);
        }
        log.error("{}: unexpected failure", requestId, failure);
        return of(
                ApiException.of(
                        ErrorCode.INTERNAL_ERROR,
                        "Something went wrong in the server. The log has the cause under the request id " + requestId
                                + "."),
                requestId);
    }

    private static Response of(ApiException exception, String requestId) {
        Response response = Response.json(exception.code().status(), body(exception, requestId))
                .withHeaders(exception.headers());
        if (exception.code() == ErrorCode.AUTH_REQUIRED || exception.code() == ErrorCode.INVALID_API_KEY) {
            response = response.withHeader("WWW-Authenticate", "UserKey");
        }
        return response;
    }

    static ObjectNode body(ApiException exception, String requestId) {
        ObjectNode body = Json.object()
                .put("error", exception.code().title())
                .put("details", exception.details())
                .put("errorCode", exception.code().name())
                .put("status", exception.code().status())
                .put("requestId", requestId);
        if (exception.code() == ErrorCode.RATE_LIMITED) {
            body.put("retryAfter", Long.parseLong(exception.headers().getOrDefault("Retry-After", "0")));
        }
        if (!exception.problems().isEmpty()) {
            ArrayNode errors = body.putArray("errors");
            exception
                    .problems()
                    .forEach(problem ->
                            errors.addObject().put("field", problem.field()).put("message", problem.message()));
        }
        return body;
    }
}

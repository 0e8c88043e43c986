package ai.kubiya.server.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer other than success. The message is public: it says what was wrong and what to do. A cause is for the log
 * alone and never reaches the client.
 */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient List<FieldProblem> problems;
    private final transient Map<String, String> headers;

    private ApiException(
            ErrorCode code,
            String details,
            List<FieldProblem> problems,
            Map<String, String> headers,
            @Nullable Throwable cause) {
        super(details, cause);
        this.code = code;
        this.problems = List.copyOf(problems);
        this.headers = Map.copyOf(headers);
    }

    public static ApiException of(ErrorCode code, String details) {
        return new ApiException(code, details, List.of(), Map.of(), null);
    }

    public static ApiException of(ErrorCode code, String details, Throwable cause) {
        return new ApiException(code, details, List.of(), Map.of(), cause);
    }

    public static ApiException notFound(String what, Object name) {
        return of(ErrorCode.NOT_FOUND, "There is no " + what + " \"" + name + "\" in your organisation.");
    }

    public static ApiException conflict(String details) {
        return of(ErrorCode.CONFLICT, details);
    }

    public static ApiException invalid(String field, String message) {
        return invalid(List.of(new FieldProblem(field, message)));
    }

    /** The details repeat the first problem, so that a client that shows only those still helps. */
    public static ApiException invalid(List<FieldProblem> problems) {
        FieldProblem first = problems.getFirst();
        String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more, see errors)";
        return new ApiException(
                ErrorCode.VALIDATION_FAILED, first.field() + ": " + first.message() + more, problems, Map.of(), null);
    }

    /** 503 with the time after which a client may try again. */
    public static ApiException unavailable(String details, int retryAfterSeconds) {
        return new ApiException(
                ErrorCode.UNAVAILABLE,
                details,
                List.of(),
                Map.of("Retry-After", Integer.toString(retryAfterSeconds)),
                null);
    }

    /** 429: too many requests. The body repeats the seconds for clients that do not read headers. */
    public static ApiException rateLimited(String details, long retryAfterSeconds, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Retry-After", Long.toString(retryAfterSeconds));
        return new ApiException(ErrorCode.RATE_LIMITED, details, List.of(), all, null);
    }

    public static ApiException methodNotAllowed(String method, String allowed) {
        return new ApiException(
                ErrorCode.METHOD_NOT_ALLOWED,
                "This path does not answer " + method + "; it answers " + allowed + ".",
                List.of(),
                Map.of("Allow", allowed),
                null);
    }

    public ErrorCode code() {
        return code;
    }

    /** What clients read. */
    public String details() {
        return String.valueOf(getMessage());
    }

    public List<FieldProblem> problems() {
        return problems;
    }

    public Map<String, String> headers() {
        return headers;
    }
}

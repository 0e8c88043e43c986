package ai.kubiya.server.http;

/** The fixed list of error codes (contract, section 2) with status and title. */
public enum ErrorCode {
    AUTH_REQUIRED(401, "Authentication required"),
    INVALID_API_KEY(401, "Invalid API key"),
    INSUFFICIENT_SCOPE(403, "Insufficient scope"),
    /** The key may, but this resource is not for this user, or a policy says no. */
    ACCESS_DENIED(403, "Access denied"),
    RATE_LIMITED(429, "Rate limit exceeded"),
    VALIDATION_FAILED(400, "Validation failed"),
    INVALID_JSON(400, "Invalid JSON"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    CONFLICT(409, "Conflict"),
    PRECONDITION_FAILED(412, "Precondition failed"),
    PAYLOAD_TOO_LARGE(413, "Payload too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    /** Terraform's state is locked by somebody. */
    LOCKED(423, "Locked"),
    INTERNAL_ERROR(500, "Internal error"),
    UNAVAILABLE(503, "Unavailable");

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}

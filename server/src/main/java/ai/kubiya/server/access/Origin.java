package ai.kubiya.server.access;

/**
 * Where a request came from.
 *
 * @param requestId the request's id, for logs and answers
 * @param address the client's IP address; empty for work that the server does by itself
 */
public record Origin(String requestId, String address) {}

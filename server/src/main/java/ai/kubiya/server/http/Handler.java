package ai.kubiya.server.http;

/** Answers one request; an {@link ApiException} becomes the error body, anything else a bare 500. */
@FunctionalInterface
public interface Handler {
    Response handle(Request request) throws Exception;
}

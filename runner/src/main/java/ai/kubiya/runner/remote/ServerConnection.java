package ai.kubiya.runner.remote;

import ai.kubiya.protocol.WorkSource.LeaseLostException;
import ai.kubiya.protocol.remote.Wire;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Calls of the server, each a POST of JSON with the runner's token. */
final class ServerConnection implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int MESSAGE_CHARACTERS = 300;

    private final URI base;
    private final TokenSource tokens;
    private final String version;
    private final HttpClient client;

    ServerConnection(URI url, TokenSource tokens, SSLContext trust, String version) {
        // Existing clients are given the url with the path of their API; the server is at its root.
        String root = url.toString().replaceFirst("(/api/v[123]|/v1)?/*$", "");
        this.base = URI.create(root + "/api/v3/runners/");
        this.tokens = tokens;
        this.version = version;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(trust)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** The server cannot be reached, or cannot answer now. */
    static final class AwayException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AwayException(String message, Throwable cause) {
            super(message, cause);
        }

        AwayException(String message) {
            super(message);
        }
    }

    /** The server answers and will answer the same again. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;

        RefusedException(int status, String message) {
            super(message);
            this.status = status;
        }

        /** Whether it is the token that was refused. */
        boolean isOfToken() {
            return status == 401 || status == 403;
        }
    }

    /**
     * Calls.
     *
     * @param atMost how long the answer may take
     * @throws AwayException when the call may be repeated
     * @throws RefusedException when that would be of no use
     * @throws LeaseLostException when the server says so
     */
    <T> T call(String runner, String name, Object message, Class<T> type, Duration atMost) throws InterruptedException {
        String token = tokens.text();
        HttpResponse<byte[]> response = send(runner, name, token, message, atMost);
        int status = response.statusCode();
        if (status == 200) {
            return read(response, type);
        }
        String words = words(response);
        if (status == 401 && tokens.renew(token)) {
            throw new AwayException("the token was exchanged");
        }
        if (status == 409) {
            throw new LeaseLostException(words);
        }
        if (status == 429 || status >= 500) {
            throw new AwayException("the server answers " + status + ": " + words);
        }
        throw new RefusedException(status, words);
    }

    private HttpResponse<byte[]> send(String runner, String name, String token, Object message, Duration atMost)
            throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(base.resolve(runner + "/" + name))
                    .timeout(atMost)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "kubiya-runner/" + version)
                    .POST(BodyPublishers.ofByteArray(Wire.MAPPER.writeValueAsBytes(message)))
                    .build();
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        } catch (IOException e) {
            throw new AwayException(reason(e), e);
        }
    }

    private static String reason(IOException e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        Throwable cause = e.getCause();
        return cause == null || cause.getMessage() == null || text.contains(cause.getMessage())
                ? text
                : text + " (" + cause.getMessage() + ")";
    }

    private <T> T read(HttpResponse<byte[]> response, Class<T> type) {
        try {
            return Wire.MAPPER.readValue(response.body(), type);
        } catch (IOException e) {
            throw new RefusedException(response.statusCode(), "what is at " + base + " is no kubiya server");
        }
    }

    /** What the server says in its error's body, or the little there is in another one. */
    private static String words(HttpResponse<byte[]> response) {
        try {
            JsonNode body = Wire.MAPPER.readTree(response.body());
            String details = body.path("details").asText();
            if (!details.isEmpty()) {
                return details;
            }
        } catch (IOException e) {
            // Not the error of a kubiya server.
        }
        String text = new String(response.body(), StandardCharsets.UTF_8).strip();
        return text.length() <= MESSAGE_CHARACTERS ? text : text.substring(0, MESSAGE_CHARACTERS) + "…";
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

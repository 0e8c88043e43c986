package ai.kubiya.runner.remote;

import ai.kubiya.protocol.WorkSource.LeaseLostException;
import ai.kubiya.protocol.remote.Wire;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Calls of the server, each a POST with the runner's token, as a rule of JSON. */
public final class ServerConnection implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int MESSAGE_CHARACTERS = 300;
    private static final int LONGEST_FAILURE = 64 << 10;
    private static final String JSON = "application/json";

    private final String root;
    private final URI base;
    private final TokenSource tokens;
    private final String version;
    private final HttpClient client;

    ServerConnection(URI url, TokenSource tokens, SSLContext trust, String version) {
        // Existing clients are given the url with the path of their API; the server is at its root.
        this.root = url.toString().replaceFirst("(/api/v[123]|/v1)?/*$", "");
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
    public static final class AwayException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public AwayException(String message, Throwable cause) {
            super(message, cause);
        }

        AwayException(String message) {
            super(message);
        }
    }

    /** The server answers and will answer the same again. */
    public static final class RefusedException extends RuntimeException {
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
    public <T> T call(String runner, String name, Object message, Class<T> type, Duration atMost)
            throws InterruptedException {
        return call(runner, name, JSON, json(message), type, atMost);
    }

    /**
     * As {@link #call(String, String, Object, Class, Duration)}, for those who hold a lease.
     *
     * @throws LeaseLostException also for what is refused: it would be refused again for as long as the runner lives
     */
    public <T> T write(String runner, String name, Object message, Class<T> type, Duration atMost) {
        try {
            return call(runner, name, message, type, atMost);
        } catch (RefusedException e) {
            throw new LeaseLostException(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwayException("interrupted", e);
        }
    }

    /**
     * Calls with a body that is no JSON.
     *
     * @param body can be read again and again
     */
    public <T> T call(
            String runner, String name, String contentType, BodyPublisher body, Class<T> type, Duration atMost)
            throws InterruptedException {
        String token = tokens.text();
        HttpResponse<byte[]> response =
                send(request(runner, name, token, contentType, body, atMost), BodyHandlers.ofByteArray());
        if (response.statusCode() == 200) {
            return read(response, type);
        }
        throw failure(response.statusCode(), response.body(), token);
    }

    /**
     * Calls for an answer that is read while it arrives.
     *
     * @param atMost how long it may take until it begins
     * @return to be closed by the reader, who watches that it does not stand still
     */
    public InputStream stream(String runner, String name, Object message, Duration atMost) throws InterruptedException {
        String token = tokens.text();
        HttpResponse<InputStream> response =
                send(request(runner, name, token, JSON, json(message), atMost), BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            throw failure(response.statusCode(), body.readNBytes(LONGEST_FAILURE), token);
        } catch (IOException e) {
            throw new AwayException(reason(e), e);
        }
    }

    /** The url of a path on the server. */
    public String address(String path) {
        return root + path;
    }

    /** For calls that need no token of the runner. */
    public HttpClient client() {
        return client;
    }

    private RuntimeException failure(int status, byte[] body, String token) {
        String words = words(body);
        if (status == 401 && tokens.renew(token)) {
            return new AwayException("the token was exchanged");
        }
        if (status == 409) {
            return new LeaseLostException(words);
        }
        if (status == 429 || status >= 500) {
            return new AwayException("the server answers " + status + ": " + words);
        }
        return new RefusedException(status, words);
    }

    private static BodyPublisher json(Object message) {
        try {
            return BodyPublishers.ofByteArray(Wire.MAPPER.writeValueAsBytes(message));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private HttpRequest request(
            String runner, String name, String token, String contentType, BodyPublisher body, Duration atMost) {
        return HttpRequest.newBuilder(base.resolve(runner + "/" + name))
                .timeout(atMost)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", contentType)
                .header("User-Agent", "kubiya-runner/" + version)
                .POST(body)
                .build();
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) throws InterruptedException {
        try {
            return client.send(request, handler);
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
    private static String words(byte[] answer) {
        try {
            JsonNode body = Wire.MAPPER.readTree(answer);
            String details = body.path("details").asText();
            if (!details.isEmpty()) {
                return details;
            }
        } catch (IOException e) {
            // Not the error of a kubiya server.
        }
        String text = new String(answer, StandardCharsets.UTF_8).strip();
        return text.length() <= MESSAGE_CHARACTERS ? text : text.substring(0, MESSAGE_CHARACTERS) + "…";
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

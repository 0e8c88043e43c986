package ai.kubiya.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Speaks HTTP with one key. Immutable: {@link #withHeader} makes another one. */
public final class ApiClient {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    // Only keeps a broken test from hanging.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String base;
    private final Map<String, String> headers;

    ApiClient(String base, @Nullable String key) {
        this(base, key == null ? Map.of() : Map.of("Authorization", "UserKey " + key));
    }

    private ApiClient(String base, Map<String, String> headers) {
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    /** Also sends this header; a null value takes it away. */
    public ApiClient withHeader(String name, @Nullable String value) {
        Map<String, String> more = new HashMap<>(headers);
        if (value == null) {
            more.remove(name);
        } else {
            more.put(name, value);
        }
        return new ApiClient(base, more);
    }

    /** The whole Authorization header. */
    public ApiClient withAuthorization(String header) {
        return withHeader("Authorization", header);
    }

    /** The server's port. */
    public int port() {
        return URI.create(base).getPort();
    }

    /** The key without its scheme. */
    public String key() {
        String header = headers.getOrDefault("Authorization", "");
        return header.substring(header.indexOf(' ') + 1);
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    public Answer head(String path) {
        return send("HEAD", path, BodyPublishers.noBody());
    }

    public Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    public Answer post(String path, String json) {
        return send("POST", path, json);
    }

    public Answer put(String path, String json) {
        return send("PUT", path, json);
    }

    public Answer patch(String path, String json) {
        return send("PATCH", path, json);
    }

    public Answer send(String method, String path, String json) {
        return withHeader("Content-Type", "application/json").send(method, path, BodyPublishers.ofString(json));
    }

    public Answer send(String method, String path, byte[] body) {
        return send(method, path, BodyPublishers.ofByteArray(body));
    }

    public Answer send(String method, String path, UploadForm form) {
        return withHeader("Content-Type", UploadForm.CONTENT_TYPE).send(method, path, form.publisher());
    }

    public Answer send(String method, String path, BodyPublisher body) {
        HttpResponse<String> response = exchange(method, path, body, BodyHandlers.ofString(StandardCharsets.UTF_8));
        DescribedAnswers.check(
                method, path, response.statusCode(), response.headers().map(), response.body());
        return new Answer(response.statusCode(), response.headers().map(), response.body());
    }

    /** The beginning of an answer that may be an endless stream: status and headers, then it hangs up. */
    public Answer begin(String method, String path, byte[] body) {
        HttpResponse<InputStream> response =
                exchange(method, path, BodyPublishers.ofByteArray(body), BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            boolean stream = response.headers()
                    .firstValue("Content-Type")
                    .orElse("")
                    .matches("(text/event-stream|application/x-ndjson).*");
            String text = stream ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            DescribedAnswers.check(
                    method, path, response.statusCode(), response.headers().map(), stream ? null : text);
            return new Answer(response.statusCode(), response.headers().map(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        }
    }

    /** Reads the answer as it comes; closing it hangs up. */
    public EventReader stream(String method, String path, String json) {
        HttpResponse<InputStream> response =
                exchange(method, path, BodyPublishers.ofString(json), BodyHandlers.ofInputStream());
        DescribedAnswers.check(
                method, path, response.statusCode(), response.headers().map(), null);
        return new EventReader(response.statusCode(), response.headers().map(), response.body());
    }

    public EventReader stream(String path) {
        return stream("GET", path, "");
    }

    /** As {@link #stream(String)}, from where another reader stopped. */
    public EventReader streamAfter(String lastEventId, String path) {
        return withHeader("Last-Event-ID", lastEventId).stream(path);
    }

    private <T> HttpResponse<T> exchange(String method, String path, BodyPublisher body, BodyHandler<T> handler) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .method(method, body);
        headers.forEach(request::header);
        // The request's own timeout ends with the headers; an answer that never ends would hang.
        CompletableFuture<HttpResponse<T>> response = HTTP.sendAsync(request.build(), handler);
        try {
            return response.get(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new UncheckedIOException(
                    method + " " + path, e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new UncheckedIOException(new IOException(method + " " + path + ": the answer does not end", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Creates something on the documented surface and answers its id. */
    public String create(String path, String json) {
        Answer answer = post(path, json);
        AnswerAssert.assertThat(answer).hasStatus(201);
        return answer.id();
    }

    UUID userId() {
        return UUID.fromString(get("/v1/auth/me").text("/user/id"));
    }

    public String organizationName() {
        return get("/v1/auth/me").text("/organization/name");
    }

    /** For a path segment or the value of a query parameter. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

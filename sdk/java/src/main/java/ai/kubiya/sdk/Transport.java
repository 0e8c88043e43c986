package ai.kubiya.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Sends requests, again where that is safe, and reads answers. For generated code. */
public final class Transport {
    static final ObjectMapper JSON = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final Set<Integer> RETRIED = Set.of(408, 429, 502, 503, 504);
    private static final Set<String> REPEATABLE = Set.of("GET", "PUT", "DELETE");
    private static final double LONGEST_WAIT_SECONDS = 60;

    private final HttpClient http;
    private final String key;
    private final String base;
    private final Duration timeout;
    private final int retries;

    Transport(String key, String base, Duration timeout, int retries) {
        this.key = key;
        this.base = base.replaceAll("/+$", "");
        this.timeout = timeout;
        this.retries = retries;
        this.http = client(this.base);
    }

    /**
     * Ends all connections at once, where the JDK can (from 21 on). A program that ends without it waits a third of a second for
     * the thread that looks after them.
     */
    public void close() {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(http);
        } catch (ReflectiveOperationException e) {
            // An older JDK: connections end by themselves.
        }
    }

    private static HttpClient client(String base) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                // A key goes nowhere but to the server that it was given for.
                .followRedirects(HttpClient.Redirect.NEVER);
        if (base.startsWith("http://")) {
            // Otherwise it reads all certificates that the JDK trusts, which takes longer than most requests.
            client.sslContext(trustingNobody());
        }
        return client.build();
    }

    private static SSLContext trustingNobody() {
        try {
            SSLContext nobody = SSLContext.getInstance("TLS");
            nobody.init(null, new TrustManager[0], null);
            return nobody;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public <T> Pages<T> list(Call call, Class<T> row) {
        return new Pages<>(offset -> {
            Call page = offset == null
                    ? call
                    : new Call(
                            call.method(),
                            call.path(),
                            call.parameters(),
                            call.body(),
                            call.idempotent(),
                            call.options().with("offset", offset));
            JsonNode body = json(page, JsonNode.class);
            List<T> rows = new ArrayList<>();
            body.path("data").forEach(node -> rows.add(JSON.convertValue(node, row)));
            JsonNode place = body.path("pagination");
            return new Page<>(
                    List.copyOf(rows),
                    place.path("total").asLong(),
                    place.path("limit").asLong(),
                    place.path("offset").asLong());
        });
    }

    public <T> T json(Call call, Class<T> type) {
        String text = text(call);
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw KubiyaException.withoutAnswer("the answer is not what was expected: " + e.getOriginalMessage(), e);
        }
    }

    public String text(Call call) {
        try (InputStream in = send(call).body()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw KubiyaException.withoutAnswer("the answer was cut off: " + e.getMessage(), e);
        }
    }

    public EventStream stream(Call call) {
        boolean resumes = call.method().equals("GET");
        return new EventStream(
                send(call),
                resumes
                        ? last -> send(new Call(
                                call.method(),
                                call.path(),
                                call.parameters(),
                                call.body(),
                                call.idempotent(),
                                call.options().withHeader("Last-Event-ID", last)))
                        : null,
                retries);
    }

    private HttpResponse<InputStream> send(Call call) {
        HttpRequest request = request(call);
        boolean repeatable = REPEATABLE.contains(call.method()) || call.idempotent();
        for (int failures = 0; ; failures++) {
            KubiyaException failure;
            try {
                HttpResponse<InputStream> response = once(request);
                if (response.statusCode() < 300) {
                    return response;
                }
                failure = failure(response);
                if (!RETRIED.contains(response.statusCode())) {
                    throw failure;
                }
            } catch (KubiyaException.NoAnswer e) {
                if (e.getCause() instanceof HttpTimeoutException) {
                    throw e;
                }
                failure = e;
            }
            double wait = failure.retryAfterSeconds() > 0 ? failure.retryAfterSeconds() : backoff(failures);
            if (!repeatable || failures >= retries || wait > LONGEST_WAIT_SECONDS) {
                throw failure;
            }
            pause(wait);
        }
    }

    private HttpResponse<InputStream> once(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw KubiyaException.withoutAnswer(
                    "no answer from " + base + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KubiyaException.withoutAnswer("interrupted", e);
        }
    }

    private HttpRequest request(Call call) {
        String path = call.path();
        for (String value : call.parameters()) {
            if (value.isEmpty()) {
                throw new IllegalArgumentException(
                        call.method() + " " + call.path() + " needs a value for each parameter");
            }
            path = path.replaceFirst("\\{[^}]+}", encode(value));
        }
        String url = path.startsWith("/v1/") ? base + path.substring(3) : base.replaceFirst("/v\\d+$", "") + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + query(call.options())))
                .timeout(
                        call.options().timeout() == null
                                ? timeout
                                : call.options().timeout())
                .header("Authorization", "UserKey " + key)
                .header("User-Agent", "kubiya-sdk-java");
        if (call.idempotent() && !call.options().headers().containsKey("Idempotency-Key")) {
            // So that a write whose answer was lost can be sent again without doing it twice.
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        call.options().headers().forEach(request::header);
        return request.method(call.method(), body(call.body(), request)).build();
    }

    private static BodyPublisher body(@Nullable Object body, HttpRequest.Builder request) {
        try {
            if (body == null) {
                return BodyPublishers.noBody();
            }
            if (body instanceof Path file) {
                String boundary = UUID.randomUUID().toString();
                request.header("Content-Type", "multipart/form-data; boundary=" + boundary);
                String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                        + file.getFileName() + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
                return BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofByteArray(Files.readAllBytes(file)),
                        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
            }
            request.header("Content-Type", "application/json");
            return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String query(CallOptions options) {
        StringBuilder query = new StringBuilder();
        options.query().forEach((name, value) -> {
            for (Object one : value instanceof Iterable<?> many ? many : List.of(value)) {
                query.append(query.isEmpty() ? "?" : "&")
                        .append(encode(name))
                        .append("=")
                        .append(encode(String.valueOf(one)));
            }
        });
        return query.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static KubiyaException failure(HttpResponse<InputStream> response) {
        String text;
        try (InputStream in = response.body()) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            text = "";
        }
        JsonNode body;
        try {
            body = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            body = MissingNode.getInstance();
        }
        // The OpenAI-compatible paths have that API's form.
        String details =
                body.path("details").asText(body.path("error").path("message").asText(text));
        List<KubiyaException.FieldError> errors = new ArrayList<>();
        body.path("errors")
                .forEach(error -> errors.add(new KubiyaException.FieldError(
                        error.path("field").asText(), error.path("message").asText())));
        return KubiyaException.of(new KubiyaException.Facts(
                response.statusCode(),
                body.path("errorCode").asText(body.path("error").path("code").asText("")),
                details.isEmpty() ? "HTTP " + response.statusCode() : details,
                body.path("requestId")
                        .asText(response.headers().firstValue("X-Request-Id").orElse("")),
                seconds(response.headers().firstValue("Retry-After").orElse("")),
                List.copyOf(errors)));
    }

    private static double seconds(String text) {
        try {
            return Math.max(0, Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Seconds before the try after this many failures: doubling from half a second, with some chance in it. */
    static double backoff(int failures) {
        return Math.min(8, 0.5 * Math.pow(2, failures))
                * ThreadLocalRandom.current().nextDouble(0.75, 1.25);
    }

    static void pause(double seconds) {
        try {
            Thread.sleep((long) (seconds * 1000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KubiyaException.withoutAnswer("interrupted", e);
        }
    }
}

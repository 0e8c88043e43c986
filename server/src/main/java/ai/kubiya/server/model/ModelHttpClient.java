package ai.kubiya.server.model;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Carries the library's requests. In place of the library's own client because that one gives up on silence only before
 * the first byte, drops {@code Retry-After}, cannot be cancelled before the first event, and answers on a thread of its
 * own; this one blocks the caller until the answer is over.
 */
final class ModelHttpClient implements HttpClient {
    private static final int LONGEST_ERROR_BODY = 64 << 10;

    private final java.net.http.HttpClient client;
    private final ModelTimeouts timeouts;
    private final Clock clock;

    ModelHttpClient(java.net.http.HttpClient client, ModelTimeouts timeouts, Clock clock) {
        this.client = client;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        ModelCall call = currentCall();
        try (Answer answer = send(request, call)) {
            return answer.opened(answer.body().readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener library) {
        ModelCall call = currentCall();
        AnswerListener listener =
                new AnswerListener(library, call, text -> Redaction.of(request).apply(text));
        try (Answer answer = send(request, call)) {
            listener.onOpen(answer.opened(null));
            parser.parse(answer.body(), listener);
            listener.onClose();
        } catch (IOException | RuntimeException e) {
            listener.onError(e);
        }
    }

    private static ModelCall currentCall() {
        return ModelCall.CURRENT.isBound() ? ModelCall.CURRENT.get() : new ModelCall();
    }

    /** The body of a 2xx answer; everything else is thrown. */
    private Answer send(HttpRequest request, ModelCall call) throws IOException {
        HttpResponse<InputStream> response = headers(request, call);
        AnswerStream body = new AnswerStream(response.body(), timeouts.betweenBytes());
        Cancellation.Registration closing = call.cancellation().onCancel(() -> close(body));
        Answer answer = new Answer(response, body, closing);
        if (response.statusCode() / 100 == 2) {
            return answer;
        }
        try (answer) {
            String text = new String(body.readNBytes(LONGEST_ERROR_BODY), StandardCharsets.UTF_8);
            throw new ModelHttpException(
                    response.statusCode(),
                    Redaction.of(request).apply(text),
                    RetryAfter.read(response.headers(), clock.instant()));
        }
    }

    private HttpResponse<InputStream> headers(HttpRequest request, ModelCall call) throws IOException {
        CompletableFuture<HttpResponse<InputStream>> pending =
                client.sendAsync(jdkRequest(request), BodyHandlers.ofInputStream());
        try (Cancellation.Registration _ = call.cancellation().onCancel(() -> pending.cancel(true))) {
            return pending.get();
        } catch (ExecutionException e) {
            // The JDK's exceptions name hosts and reasons, never headers.
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private java.net.http.HttpRequest jdkRequest(HttpRequest request) {
        java.net.http.HttpRequest.Builder builder =
                java.net.http.HttpRequest.newBuilder(URI.create(request.url())).timeout(timeouts.betweenBytes());
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        String body = request.body();
        return builder.method(
                        request.method().name(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // The connection is gone already, which is what closing is for.
        }
    }

    private record Answer(HttpResponse<?> response, AnswerStream body, Cancellation.Registration closing)
            implements AutoCloseable {
        SuccessfulHttpResponse opened(byte @Nullable [] content) {
            Map<String, List<String>> headers = response.headers().map();
            SuccessfulHttpResponse.Builder builder = SuccessfulHttpResponse.builder()
                    .statusCode(response.statusCode())
                    .headers(headers);
            return content == null ? builder.build() : builder.body(content).build();
        }

        @Override
        public void close() throws IOException {
            closing.close();
            body.close();
        }
    }
}

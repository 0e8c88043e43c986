package ai.kubiya.server.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the bytes and the library's reading of them. The library passes over errors that are reported inside a
 * stream, logs and forgets what it cannot parse, and completes an answer after it failed; here the first failure ends it.
 */
final class AnswerListener implements ServerSentEventListener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerSentEventListener library;
    private final ModelCall call;
    private final UnaryOperator<String> redacted;
    private boolean over;

    AnswerListener(ServerSentEventListener library, ModelCall call, UnaryOperator<String> redacted) {
        this.library = library;
        this.call = call;
        this.redacted = redacted;
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
        library.onOpen(response);
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        if (over || call.cancellation().isCancelled()) {
            return;
        }
        String data = event.data().strip();
        if (data.isEmpty()) {
            return;
        }
        if (data.equals("[DONE]")) {
            call.sawEndMarker();
        }
        ModelStreamException reported = reportedError(data);
        if (reported != null) {
            onError(reported);
            return;
        }
        try {
            library.onEvent(event, context);
        } catch (RuntimeException e) {
            onError(e);
        }
    }

    private @Nullable ModelStreamException reportedError(String data) {
        if (!data.startsWith("{") || !data.contains("\"error\"")) {
            return null;
        }
        try {
            JsonNode error = JSON.readTree(data).path("error");
            if (error.isTextual()) {
                return new ModelStreamException("", redacted.apply(error.asText()));
            }
            if (!error.isObject()) {
                return null;
            }
            String type =
                    error.path("type").asText("") + " " + error.path("code").asText("");
            return new ModelStreamException(
                    type.strip(), redacted.apply(error.path("message").asText("")));
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (!over && !call.cancellation().isCancelled()) {
            over = true;
            library.onError(failure);
        }
    }

    @Override
    public void onClose() {
        if (!over && !call.cancellation().isCancelled()) {
            over = true;
            library.onClose();
        }
    }
}

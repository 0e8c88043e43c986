package ai.kubiya.server.model;

import ai.kubiya.server.model.ModelEvent.Failed;
import ai.kubiya.server.model.ModelEvent.FailureKind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.exception.HttpException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says of any failure of a provider what it means for the caller. */
final class ModelFailures {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_DETAIL = 300;

    private ModelFailures() {}

    static Failed of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ModelHttpException refused -> {
                    return ofStatus(refused, refused.retryAfter());
                }
                case HttpException refused -> {
                    return ofStatus(refused, null);
                }
                case ModelStreamException reported -> {
                    return ofReported(reported);
                }
                case HttpConnectTimeoutException _ -> {
                    return failed(FailureKind.TIMEOUT, "The model provider could not be reached in time.", true);
                }
                case HttpTimeoutException _ -> {
                    return failed(FailureKind.TIMEOUT, "The model provider stopped answering.", true);
                }
                case ConnectException _ -> {
                    return unreachable();
                }
                case UnresolvedAddressException _ -> {
                    return unreachable();
                }
                case JsonProcessingException _ -> {
                    return failed(FailureKind.OTHER, "The model provider sent something that is not JSON.", false);
                }
                case java.io.IOException _ -> {
                    return brokeOff();
                }
                default -> {
                    // The reason may be further down.
                }
            }
        }
        // The message of an unknown exception may hold anything, so only its kind is told.
        String kind = failure.getClass().getSimpleName();
        return failed(FailureKind.OTHER, "The call to the model failed (%s).".formatted(kind), false);
    }

    static Failed brokeOff() {
        return failed(
                FailureKind.UNAVAILABLE,
                "The connection to the model provider broke before the answer was whole.",
                true);
    }

    private static Failed unreachable() {
        return failed(
                FailureKind.UNAVAILABLE,
                "The model provider cannot be reached; check KUBIYA_LLM_BASE_URL and the network.",
                true);
    }

    private static Failed ofStatus(HttpException refused, @Nullable Duration retryAfter) {
        int status = refused.statusCode();
        String body = refused.getMessage() == null ? "" : refused.getMessage();
        String detail = detail(body);
        if (status == 401 || status == 403) {
            // Its own words stay out: they often quote a part of the key.
            return failed(
                    FailureKind.AUTH,
                    "The model provider refused the API key (HTTP %d); check KUBIYA_LLM_API_KEY.".formatted(status),
                    false);
        }
        if (status == 413 || (status < 500 && saysTooLong(body))) {
            return failed(FailureKind.CONTEXT_TOO_LONG, "The conversation is too long for the model." + detail, false);
        }
        if (status == 429) {
            // An empty account answers 429 as well, and no pause helps.
            boolean worthWaiting = !body.contains("insufficient_quota");
            return new Failed(
                    FailureKind.RATE_LIMITED,
                    "The model provider limits the rate (HTTP 429)." + detail,
                    worthWaiting,
                    retryAfter);
        }
        if (status == 408) {
            return failed(FailureKind.TIMEOUT, "The model provider took too long (HTTP 408)." + detail, true);
        }
        if (status >= 500) {
            String message = "The model provider has a problem (HTTP %d).".formatted(status) + detail;
            return new Failed(FailureKind.UNAVAILABLE, message, true, retryAfter);
        }
        if (status >= 400) {
            String message = "The model provider refused the request (HTTP %d).".formatted(status) + detail;
            return failed(FailureKind.BAD_REQUEST, message, false);
        }
        return failed(FailureKind.OTHER, "The model provider answered HTTP %d.".formatted(status), false);
    }

    private static Failed ofReported(ModelStreamException reported) {
        String type = reported.type().toLowerCase(Locale.ROOT);
        String message = reported.getMessage() == null ? "" : reported.getMessage();
        String detail = message.isBlank() ? "" : " It says: " + shortened(message);
        if (saysTooLong(type + " " + message)) {
            return failed(FailureKind.CONTEXT_TOO_LONG, "The conversation is too long for the model." + detail, false);
        }
        if (type.contains("rate_limit") || type.contains("429")) {
            return failed(FailureKind.RATE_LIMITED, "The model provider limits the rate." + detail, true);
        }
        if (type.contains("authentication") || type.contains("permission")) {
            return failed(FailureKind.AUTH, "The model provider refused the API key; check KUBIYA_LLM_API_KEY.", false);
        }
        if (type.contains("invalid_request")) {
            return failed(FailureKind.BAD_REQUEST, "The model provider refused the request." + detail, false);
        }
        return failed(FailureKind.UNAVAILABLE, "The model provider failed while answering." + detail, true);
    }

    /** There is no common code for it: these are the words of OpenAI, vLLM, Anthropic, Azure and llama.cpp. */
    private static boolean saysTooLong(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("context_length_exceeded")
                || lower.contains("maximum context length")
                || lower.contains("prompt is too long")
                || lower.contains("exceed_context_size")
                || lower.contains("context window");
    }

    private static String detail(String body) {
        try {
            JsonNode root = JSON.readTree(body);
            JsonNode error = root.path("error");
            String text = error.isTextual()
                    ? error.asText()
                    : error.path("message").asText(root.path("message").asText(""));
            return text.isBlank() ? "" : " It says: " + shortened(text);
        } catch (JsonProcessingException e) {
            // A proxy's HTML page helps nobody.
            return "";
        }
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_DETAIL ? line : line.substring(0, LONGEST_DETAIL) + "…";
    }

    private static Failed failed(FailureKind kind, String message, boolean retryable) {
        return new Failed(kind, message, retryable, null);
    }
}

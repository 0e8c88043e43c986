package ai.kubiya.server.webhook.delivery;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.outbound.CallAnswer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt went.
 *
 * @param request what of the request may be shown
 * @param answer null when there was none
 * @param error why it failed; null when it did not
 * @param retryAfter how long the other side asks to be left alone; null = it does not
 */
public record Carried(
        Verdict verdict,
        ObjectNode request,
        @Nullable CallAnswer answer,
        @Nullable String error,
        @Nullable Duration retryAfter) {
    /** What to do next. */
    public enum Verdict {
        DELIVERED,
        /** It may go better another time. */
        FAILED,
        /** It will not go better another time. */
        REFUSED,
        /** Nothing is wanted there any more. */
        GONE
    }

    public static final String MASK = "********";

    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    /** By the status alone, as Standard Webhooks has it. */
    public static Carried byStatus(ObjectNode request, CallAnswer answer) {
        if (answer.isSuccess()) {
            return new Carried(Verdict.DELIVERED, request, answer, null, null);
        }
        Verdict verdict = answer.status() == 410 ? Verdict.GONE : Verdict.FAILED;
        return new Carried(verdict, request, answer, "it answered " + answer.status(), retryAfter(answer));
    }

    public static Carried noAnswer(ObjectNode request, String error) {
        return new Carried(Verdict.FAILED, request, null, error, null);
    }

    public static Carried refused(ObjectNode request, String error) {
        return new Carried(Verdict.REFUSED, request, null, error, null);
    }

    private static @Nullable Duration retryAfter(CallAnswer answer) {
        Optional<String> seconds =
                answer.header("retry-after").map(String::strip).filter(text -> text.matches("\\d{1,9}"));
        return seconds.map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(pause -> pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause)
                .orElse(null);
    }

    /** With something in place of texts that nobody may see, should the other side have sent them back. */
    public Carried without(Collection<String> secrets) {
        if (answer == null) {
            return this;
        }
        String body = answer.body();
        for (String secret : secrets) {
            body = body.replace(secret, MASK);
        }
        CallAnswer clean = new CallAnswer(answer.status(), answer.headers(), body, answer.whole());
        return new Carried(verdict, request, clean, error, retryAfter);
    }

    @Nullable
    ObjectNode response() {
        if (answer == null) {
            return null;
        }
        ObjectNode json = Json.object();
        ObjectNode headers = json.putObject("headers");
        answer.headers().forEach((name, value) -> headers.put(name, isSecret(name) ? MASK : value));
        return json.put("body", answer.body()).put("truncated", !answer.whole());
    }

    private static boolean isSecret(String header) {
        return header.contains("cookie") || header.contains("token") || header.contains("authenticate");
    }
}

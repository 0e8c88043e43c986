package ai.kubiya.server.webhook.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to deliver.
 *
 * @param number 1 for the first
 * @param request headers, and the body where that is not the delivery's payload
 * @param statusCode null when there was no answer
 * @param response headers and the beginning of the body; null when there was no answer
 * @param error why it failed; null when it did not
 */
public record Attempt(
        int number,
        Instant at,
        long durationMillis,
        ObjectNode request,
        @Nullable Integer statusCode,
        @Nullable ObjectNode response,
        @Nullable String error) {}

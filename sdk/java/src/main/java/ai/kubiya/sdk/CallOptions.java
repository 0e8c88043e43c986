package ai.kubiya.sdk;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one call may say besides its path and body. Immutable.
 *
 * @param query by the name on the wire
 * @param headers more headers: {@code Idempotency-Key}, {@code If-Match}, …
 * @param timeout until the answer's headers must be there; null = the client's
 */
public record CallOptions(
        Map<String, Object> query,
        Map<String, String> headers,
        @Nullable Duration timeout) {
    /** Nothing. */
    public static final CallOptions NONE = new CallOptions(Map.of(), Map.of(), null);

    public CallOptions {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** A query parameter; a list is sent as several. */
    public static CallOptions of(String name, Object value) {
        return NONE.with(name, value);
    }

    public CallOptions with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new CallOptions(more, headers, timeout);
    }

    public CallOptions withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new CallOptions(query, more, timeout);
    }

    public CallOptions withTimeout(Duration timeout) {
        return new CallOptions(query, headers, timeout);
    }

    /** A page of a list. */
    public static CallOptions page(int limit, long offset) {
        return NONE.with("limit", limit).with("offset", offset);
    }
}

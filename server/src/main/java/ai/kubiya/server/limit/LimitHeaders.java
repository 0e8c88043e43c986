package ai.kubiya.server.limit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a client is told of its limits: the customary {@code X-RateLimit} headers and those of
 * draft-ietf-httpapi-ratelimit-headers-11. Both show the window with the fewest requests left and, of several with as
 * few, the one that ends last; {@code X-RateLimit-Limit} leaves the burst rule to headers of its own.
 */
final class LimitHeaders {
    /** The window that a client meets first. */
    private static Comparator<Count> nearest(Quota quota) {
        return Comparator.<Count>comparingInt(count -> count.left(quota))
                .thenComparing(Comparator.comparingLong(Count::end).reversed());
    }

    private LimitHeaders() {}

    static Map<String, String> of(Counts counts, Quota quota, long now) {
        Map<String, String> headers = new HashMap<>();
        counts.limited(quota)
                .filter(count -> count.window() != Window.BURST)
                .min(nearest(quota))
                .ifPresent(count -> {
                    headers.put("X-RateLimit-Limit", Integer.toString(quota.limit(count.window())));
                    headers.put("X-RateLimit-Remaining", Integer.toString(count.left(quota)));
                    headers.put("X-RateLimit-Reset", Long.toString(count.end()));
                });
        if (quota.has(Window.BURST)) {
            headers.put("X-RateLimit-Burst-Limit", Integer.toString(quota.burst()));
            headers.put(
                    "X-RateLimit-Burst-Remaining",
                    Integer.toString(counts.burst().left(quota)));
        }
        headers.put(
                "RateLimit-Policy",
                Stream.of(Window.values())
                        .filter(quota::has)
                        .map(window -> '"' + window.policy() + "\";q=" + quota.limit(window) + ";w=" + window.seconds())
                        .collect(Collectors.joining(", ")));
        counts.limited(quota)
                .min(nearest(quota))
                .ifPresent(count -> headers.put(
                        "RateLimit",
                        '"' + count.window().policy() + "\";r=" + count.left(quota) + ";t=" + (count.end() - now)));
        return headers;
    }
}

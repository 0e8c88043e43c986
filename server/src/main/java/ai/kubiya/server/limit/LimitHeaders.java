package ai.kubiya.server.limit;

import java.util.HashMap;
import java.util.Map;

/**
 * What a client is told of its limits: the customary {@code X-RateLimit} headers and those of
 * draft-ietf-httpapi-ratelimit-headers-11. Both show the window with the fewest requests left and, of several with as
 * few, the one that ends last; {@code X-RateLimit-Limit} leaves the burst rule to headers of its own.
 */
final class LimitHeaders {
    private static final Window[] WINDOWS = Window.values();

    private LimitHeaders() {}

    /** Made for every request, so without streams. */
    static Map<String, String> of(Counts counts, Quota quota, long now) {
        Map<String, String> headers = new HashMap<>(16);
        Count customary = nearer(quota, counts.minute(), counts.day());
        if (quota.has(customary.window())) {
            headers.put("X-RateLimit-Limit", Integer.toString(quota.limit(customary.window())));
            headers.put("X-RateLimit-Remaining", Integer.toString(customary.left(quota)));
            headers.put("X-RateLimit-Reset", Long.toString(customary.end()));
        }
        if (quota.has(Window.BURST)) {
            headers.put("X-RateLimit-Burst-Limit", Integer.toString(quota.burst()));
            headers.put(
                    "X-RateLimit-Burst-Remaining",
                    Integer.toString(counts.burst().left(quota)));
        }
        headers.put("RateLimit-Policy", policy(quota));
        Count nearest = nearer(quota, counts.burst(), customary);
        headers.put(
                "RateLimit",
                '"' + nearest.window().policy() + "\";r=" + nearest.left(quota) + ";t=" + (nearest.end() - now));
        return headers;
    }

    /** The window that a client meets first, of a shorter and a longer one; one without a limit is never met. */
    private static Count nearer(Quota quota, Count shorter, Count longer) {
        if (!quota.has(shorter.window()) || !quota.has(longer.window())) {
            return quota.has(shorter.window()) ? shorter : longer;
        }
        int difference = shorter.left(quota) - longer.left(quota);
        return difference < 0 || (difference == 0 && shorter.end() > longer.end()) ? shorter : longer;
    }

    private static String policy(Quota quota) {
        StringBuilder policy = new StringBuilder();
        for (Window window : WINDOWS) {
            if (quota.has(window)) {
                policy.append(policy.isEmpty() ? "\"" : ", \"")
                        .append(window.policy())
                        .append("\";q=")
                        .append(quota.limit(window))
                        .append(";w=")
                        .append(window.seconds());
            }
        }
        return policy.toString();
    }
}

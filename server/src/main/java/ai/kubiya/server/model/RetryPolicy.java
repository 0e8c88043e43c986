package ai.kubiya.server.model;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a failed request is sent again.
 *
 * @param attempts in all, the first included
 * @param firstDelay doubled with each attempt, and shortened at random by up to half so that clients do not come back together
 * @param longestDelay a provider that asks for a longer pause is not waited for: the caller is told instead
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration longestDelay) {
    public static final RetryPolicy DEFAULT = new RetryPolicy(3, Duration.ofMillis(500), Duration.ofSeconds(30));

    /** The pause after a failed attempt (counted from 1); empty when it is not worth waiting for. */
    Optional<Duration> delay(int attempt, @Nullable Duration retryAfter, RandomGenerator random) {
        if (attempt >= attempts) {
            return Optional.empty();
        }
        if (retryAfter != null) {
            return retryAfter.compareTo(longestDelay) > 0 ? Optional.empty() : Optional.of(retryAfter);
        }
        long full = Math.min(firstDelay.toMillis() << Math.min(attempt - 1, 20), longestDelay.toMillis());
        return Optional.of(Duration.ofMillis(full - random.nextLong(full / 2 + 1)));
    }
}

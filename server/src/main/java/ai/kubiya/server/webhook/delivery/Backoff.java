package ai.kubiya.server.webhook.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a delivery is tried again: after 5 s, then after three times as long each time, up to 6 h; twelve times in about a
 * day. A fifth more or less, so that what failed together does not come back together.
 */
final class Backoff {
    static final int MOST_TRIES = 12;
    /** Some more than the pauses together: an endpoint that is left alone for a while costs nobody a try. */
    static final Duration GIVE_UP = Duration.ofHours(28);

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(6);

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * How long to wait; empty = give up.
     *
     * @param tries that failed
     * @param asked how long the other side asks to be left alone; null = it does not
     */
    Optional<Duration> after(int tries, @Nullable Duration asked) {
        if (tries >= MOST_TRIES) {
            return Optional.empty();
        }
        double millis = Math.min(FIRST.toMillis() * Math.pow(3, tries - 1.0), LONGEST.toMillis());
        Duration pause = Duration.ofMillis((long) (millis * random.nextDouble(0.8, 1.2)));
        return Optional.of(asked != null && asked.compareTo(pause) > 0 ? asked : pause);
    }
}

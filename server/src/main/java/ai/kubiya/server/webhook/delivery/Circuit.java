package ai.kubiya.server.webhook.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint does. After {@value #OPENS_AT} failures one after another it is left alone for a while, then one delivery
 * is tried; the first that succeeds lets all through again.
 *
 * @param failures attempts that failed since the last that did not
 * @param failingSince the first of them
 * @param openUntil it is left alone until then
 */
record Circuit(int failures, @Nullable Instant failingSince, @Nullable Instant openUntil) {
    static final Circuit CLOSED = new Circuit(0, null, null);

    private static final int OPENS_AT = 5;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration HOPELESS = Duration.ofDays(5);

    /** Whether only one delivery at a time may be tried. */
    boolean isOpen() {
        return failures >= OPENS_AT;
    }

    Circuit failed(Instant now, RandomGenerator random) {
        int more = failures + 1;
        return new Circuit(
                more,
                failingSince == null ? now : failingSince,
                more < OPENS_AT ? null : now.plus(pause(more - OPENS_AT, random)));
    }

    private static Duration pause(int times, RandomGenerator random) {
        double millis = Math.min(FIRST_PAUSE.toMillis() * Math.pow(2, times), LONGEST_PAUSE.toMillis());
        return Duration.ofMillis((long) (millis * random.nextDouble(0.8, 1.2)));
    }

    /** Whether it has failed for days. */
    boolean isHopeless(Instant now) {
        return isOpen() && failingSince != null && failingSince.plus(HOPELESS).isBefore(now);
    }
}

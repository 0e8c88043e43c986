package ai.kubiya.server.limit;

import ai.kubiya.server.access.KeyLimits;
import org.jspecify.annotations.Nullable;

/**
 * How many requests a key may make.
 *
 * @param burst in ten seconds
 * @param perMinute in a minute
 * @param perDay in a day of UTC; each of them 0 = no limit
 */
record Quota(int burst, int perMinute, int perDay) {

    static Quota of(KeyLimits own, LimitSettings settings) {
        return new Quota(
                settings.burst(),
                either(own.perMinute(), settings.perMinute()),
                either(own.perDay(), settings.perDay()));
    }

    private static int either(@Nullable Integer own, int setting) {
        return own == null ? setting : own;
    }

    int limit(Window window) {
        return switch (window) {
            case BURST -> burst;
            case MINUTE -> perMinute;
            case DAY -> perDay;
        };
    }

    boolean has(Window window) {
        return limit(window) > 0;
    }

    boolean isOff() {
        return burst <= 0 && perMinute <= 0 && perDay <= 0;
    }
}

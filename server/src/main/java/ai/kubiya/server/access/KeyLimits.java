package ai.kubiya.server.access;

import org.jspecify.annotations.Nullable;

/**
 * How often a key may be used, where that is not as the server's settings say.
 *
 * @param perMinute requests in a minute; null = the setting, 0 = no limit
 * @param perDay requests in a day of UTC; null = the setting, 0 = no limit
 */
public record KeyLimits(
        @Nullable Integer perMinute, @Nullable Integer perDay) {
    public static final KeyLimits AS_SET = new KeyLimits(null, null);
}

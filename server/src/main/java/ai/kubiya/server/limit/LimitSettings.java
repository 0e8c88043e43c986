package ai.kubiya.server.limit;

/**
 * What the operator set; 0 = no limit.
 *
 * @param perMinute requests of a key in a minute, unless the key has a limit of its own
 * @param perDay requests of a key in a day of UTC, likewise
 * @param burst requests of a key in ten seconds
 * @param guessesPerMinute wrong keys from one address in a minute
 */
public record LimitSettings(int perMinute, int perDay, int burst, int guessesPerMinute) {}

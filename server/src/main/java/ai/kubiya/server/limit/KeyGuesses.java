package ai.kubiya.server.limit;

import ai.kubiya.server.http.ApiException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Slows down those who try keys. After too many wrong ones from an address within a minute, this process looks at no
 * unknown key from there until the minute is over. Keys that were good lately are looked at from anywhere: one broken
 * script must not lock out the office around it.
 *
 * <p>Wrong keys are counted in two rows of slots, an address having one in each by two hashes; the smaller is its count.
 * However many addresses there are, that takes the same memory, and only a flood of them makes strangers share both.
 */
final class KeyGuesses {
    private static final int SLOTS = 1 << 16;
    private static final int MOST_KEYS = 100_000;
    private static final long GOOD_FOR = Duration.ofHours(1).toSeconds();

    private final int perMinute;
    private final Clock clock;
    private final long[] seeds = new long[3];
    private final LongAdder damped = new LongAdder();
    /** Hashes of good keys, with when they were good; an hour is long enough to tell. */
    private final Map<Long, Long> good = new ConcurrentHashMap<>();

    private volatile Guesses guesses = new Guesses(Long.MIN_VALUE, new AtomicIntegerArray(0));

    /** The wrong keys of a minute. */
    private record Guesses(long minute, AtomicIntegerArray slots) {}

    /**
     * Counts guesses.
     *
     * @param perMinute wrong keys from one address; 0 = any number
     */
    KeyGuesses(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
        SecureRandom random = new SecureRandom();
        Arrays.setAll(seeds, _ -> random.nextLong());
    }

    void check(String address, String key) {
        if (perMinute <= 0) {
            return;
        }
        Guesses current = guesses;
        long now = clock.instant().getEpochSecond();
        if (current.minute != Window.MINUTE.startAt(now) || count(current, address) < perMinute || isGood(key, now)) {
            return;
        }
        damped.increment();
        long wait = current.minute + Window.MINUTE.seconds() - now;
        throw ApiException.rateLimited(
                "Too many wrong keys came from this address. Check the key and try again in " + wait + " s.",
                wait,
                Map.of());
    }

    void wrong(String address, String key) {
        if (perMinute <= 0) {
            return;
        }
        good.remove(hash(key, seeds[2]));
        AtomicIntegerArray slots = current().slots;
        String prefix = prefix(address);
        slots.incrementAndGet(slot(prefix, 0));
        slots.incrementAndGet(slot(prefix, 1));
    }

    void good(String key) {
        if (perMinute <= 0) {
            return;
        }
        long now = clock.instant().getEpochSecond();
        long hash = hash(key, seeds[2]);
        Long before = good.get(hash);
        if (before == null ? good.size() < MOST_KEYS : before + 60 < now) {
            good.put(hash, now);
        }
    }

    private boolean isGood(String key, long now) {
        Long at = good.get(hash(key, seeds[2]));
        return at != null && at + GOOD_FOR > now;
    }

    private synchronized Guesses current() {
        long minute = Window.MINUTE.startAt(clock.instant().getEpochSecond());
        if (guesses.minute != minute) {
            guesses = new Guesses(minute, new AtomicIntegerArray(2 * SLOTS));
        }
        return guesses;
    }

    private int count(Guesses in, String address) {
        String prefix = prefix(address);
        return Math.min(in.slots.get(slot(prefix, 0)), in.slots.get(slot(prefix, 1)));
    }

    private int slot(String prefix, int row) {
        return row * SLOTS + (int) (hash(prefix, seeds[row]) >>> 48);
    }

    /** Whoever has one address of IPv6 has a whole /64. */
    private static String prefix(String address) {
        int zone = address.indexOf('%');
        try {
            InetAddress parsed = InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone));
            return parsed instanceof Inet6Address
                    ? Arrays.toString(Arrays.copyOf(parsed.getAddress(), 8))
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    /** Good enough to spread: what it tells apart is decided elsewhere, and the seed is nobody's to know. */
    private static long hash(String text, long seed) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    synchronized void forgetOld() {
        long now = clock.instant().getEpochSecond();
        good.values().removeIf(at -> at + GOOD_FOR <= now);
        if (guesses.minute != Window.MINUTE.startAt(now)) {
            guesses = new Guesses(Long.MIN_VALUE, new AtomicIntegerArray(0));
        }
    }

    long damped() {
        return damped.sum();
    }
}

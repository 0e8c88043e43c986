package ai.kubiya.server.db;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/** What this process remembers of long lists for a moment: where pages ended, and how many rows there are. */
final class ListMemory {
    private static final Duration ENDS_KEPT = Duration.ofMinutes(1);
    private static final Duration TOTALS_KEPT = Duration.ofSeconds(10);
    private static final int MOST = 2000;

    private record Kept<V>(V value, long until) {
        boolean isGood() {
            return System.nanoTime() - until < 0;
        }
    }

    private final Map<String, Kept<UUID>> ends = bounded();
    private final Map<String, Kept<Long>> totals = bounded();

    private static <V> Map<String, Kept<V>> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Kept<V>> eldest) {
                return size() > MOST;
            }
        };
    }

    /** The last row of the page that ended at this offset. */
    Optional<UUID> endOf(String list, long offset) {
        synchronized (ends) {
            Kept<UUID> kept = ends.get(list + offset);
            return kept != null && kept.isGood() ? Optional.of(kept.value()) : Optional.empty();
        }
    }

    void ended(String list, long offset, UUID last) {
        synchronized (ends) {
            ends.put(list + offset, new Kept<>(last, System.nanoTime() + ENDS_KEPT.toNanos()));
        }
    }

    /** The number of rows; counted anew unless there were more than {@code many} a moment ago. */
    long total(String list, long many, LongSupplier count) {
        synchronized (totals) {
            Kept<Long> kept = totals.get(list);
            if (kept != null && kept.isGood()) {
                return kept.value();
            }
        }
        long counted = count.getAsLong();
        if (counted > many) {
            synchronized (totals) {
                totals.put(list, new Kept<>(counted, System.nanoTime() + TOTALS_KEPT.toNanos()));
            }
        }
        return counted;
    }
}

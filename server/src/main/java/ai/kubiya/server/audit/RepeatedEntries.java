package ai.kubiya.server.audit;

import ai.kubiya.server.access.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Entries that a client in a loop can cause without end. The first is written at once; what repeats it within a minute is
 * counted, and the count is written as one more entry when the minute is over.
 */
public final class RepeatedEntries implements AutoCloseable {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_WINDOWS = 10_000;

    private final AuditLog audit;
    private final Clock clock;
    private final Map<Same, Window> windows = new HashMap<>();

    public RepeatedEntries(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** What makes one entry the repetition of another. */
    private record Same(
            UUID key,
            String category,
            String categoryName,
            String resourceType,
            String resource,
            String action,
            boolean successful) {
        static Same of(Caller caller, AuditEntry entry) {
            return new Same(
                    caller.keyId(),
                    entry.category(),
                    entry.categoryName(),
                    entry.resourceType(),
                    entry.resource(),
                    entry.action(),
                    entry.successful());
        }
    }

    /**
     * One minute.
     *
     * @param repeated how often the first entry was repeated; the last of them is kept here
     */
    private record Window(Instant end, Caller caller, AuditEntry entry, int repeated) {}

    public void add(Caller caller, AuditEntry entry) {
        if (isFirst(caller, entry)) {
            audit.add(caller, entry.with("count", 1));
        }
    }

    private synchronized boolean isFirst(Caller caller, AuditEntry entry) {
        Same same = Same.of(caller, entry);
        Window window = windows.get(same);
        if (window != null) {
            windows.put(same, new Window(window.end(), caller, entry, window.repeated() + 1));
            return false;
        }
        // With more than this going on at once, each entry is a row of its own: nothing is dropped.
        if (windows.size() < MOST_WINDOWS) {
            windows.put(same, new Window(clock.instant().plus(WINDOW), caller, entry, 0));
        }
        return true;
    }

    /** Writes the counts of minutes that are over. A window that had repetitions is followed by another at once. */
    public void writeCounts() {
        Instant now = clock.instant();
        takeUntil(now, now.plus(WINDOW)).forEach(this::write);
    }

    private synchronized List<Window> takeUntil(Instant now, Instant nextEnd) {
        List<Window> over = new ArrayList<>();
        windows.values().removeIf(window -> !window.end().isAfter(now) && window.repeated() == 0);
        windows.replaceAll((_, window) -> {
            if (window.end().isAfter(now)) {
                return window;
            }
            over.add(window);
            return new Window(nextEnd, window.caller(), window.entry(), 0);
        });
        return over;
    }

    private void write(Window window) {
        audit.add(window.caller(), window.entry().with("count", window.repeated()));
    }

    @Override
    public void close() {
        takeUntil(Instant.MAX, Instant.MAX).forEach(this::write);
    }
}

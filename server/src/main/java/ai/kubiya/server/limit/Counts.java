package ai.kubiya.server.limit;

import java.util.stream.Stream;

/** Requests of a key in all windows. */
record Counts(Count burst, Count minute, Count day) {

    static Counts of(long burstStart, int burst, long minuteStart, int minute, long dayStart, int day) {
        return new Counts(
                new Count(Window.BURST, burstStart, burst),
                new Count(Window.MINUTE, minuteStart, minute),
                new Count(Window.DAY, dayStart, day));
    }

    /** Of a key that was never used. */
    static Counts none() {
        return of(0, 0, 0, 0, 0, 0);
    }

    Counts at(long now) {
        return new Counts(burst.at(now), minute.at(now), day.at(now));
    }

    Counts plusOne() {
        return new Counts(burst.plusOne(), minute.plusOne(), day.plusOne());
    }

    Counts since(Counts earlier) {
        return new Counts(burst.since(earlier.burst), minute.since(earlier.minute), day.since(earlier.day));
    }

    boolean isFull(Quota quota) {
        return burst.isFull(quota) || minute.isFull(quota) || day.isFull(quota);
    }

    /** Those that have a limit, shortest window first. */
    Stream<Count> limited(Quota quota) {
        return Stream.of(burst, minute, day).filter(count -> quota.has(count.window()));
    }
}

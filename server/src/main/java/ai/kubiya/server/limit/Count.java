package ai.kubiya.server.limit;

/**
 * Requests in one window.
 *
 * @param start in seconds since 1970
 */
record Count(Window window, long start, int used) {

    /** This count, or that of a window which has just begun. A clock that lags a little counts into the later window. */
    Count at(long now) {
        long current = window.startAt(now);
        boolean believed = start >= current && start <= current + window.tolerance();
        return believed ? this : new Count(window, current, 0);
    }

    Count plusOne() {
        return new Count(window, start, used + 1);
    }

    /** What came after an earlier count. */
    Count since(Count earlier) {
        return earlier.start == start ? new Count(window, start, used - earlier.used) : this;
    }

    boolean isFull(Quota quota) {
        return quota.has(window) && left(quota) == 0;
    }

    /** Requests that are left; also when the limit was lowered since. */
    int left(Quota quota) {
        return Math.max(0, quota.limit(window) - used);
    }

    /** When the window ends, in seconds since 1970. */
    long end() {
        return start + window.seconds();
    }
}

package ai.kubiya.server.jobs;

import java.time.Duration;

/**
 * Knows whether this process has watched others without a break. While it was not there, or the database was not, nobody
 * could give it a sign of life: after a break, the silence of others proves nothing until they had time to be heard.
 */
public final class Vigil {
    private final long longestGap;
    private final long settling;
    private boolean begun;
    private long since;
    private long last;

    /**
     * A watch that has not begun.
     *
     * @param longestGap between two looks; more is a break
     * @param settling time that others get after a break
     */
    public Vigil(Duration longestGap, Duration settling) {
        this.longestGap = longestGap.toNanos();
        this.settling = settling.toNanos();
    }

    /** Notes a look that went well; true when the silence of others can be trusted. */
    public synchronized boolean look() {
        long now = System.nanoTime();
        if (!begun || now - last > longestGap) {
            begun = true;
            since = now;
        }
        last = now;
        return now - since >= settling;
    }
}

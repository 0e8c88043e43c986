package ai.kubiya.server.limit;

/** A span of time with a fixed begin, the same for all keys and servers. */
enum Window {
    BURST("burst", "10 seconds", 10),
    MINUTE("minute", "minute", 60),
    /** Of UTC. */
    DAY("day", "day", 86_400);

    private final String policy;
    private final String words;
    private final int seconds;

    Window(String policy, String words, int seconds) {
        this.policy = policy;
        this.words = words;
        this.seconds = seconds;
    }

    /** Its name in the header RateLimit-Policy. */
    String policy() {
        return policy;
    }

    /** As people say it: "100 requests of this …". */
    String words() {
        return words;
    }

    int seconds() {
        return seconds;
    }

    /** When the window began that is current now; both in seconds since 1970. */
    long startAt(long now) {
        return now - Math.floorMod(now, seconds);
    }

    /**
     * How far ahead, in seconds, the start of a window may be and still be believed. Clocks of servers differ a little;
     * what is further ahead was counted by a clock that was wrong and has been set since.
     */
    int tolerance() {
        return Math.max(seconds, 60);
    }
}

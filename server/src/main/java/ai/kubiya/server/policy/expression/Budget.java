package ai.kubiya.server.policy.expression;

/**
 * What the evaluations of one decision may cost together, in steps. A step is a field that is read or 16 characters that are
 * looked through: ten to a few hundred nanoseconds. Ordinary expressions take fewer than a hundred.
 */
public final class Budget {
    static final long MOST_PER_EXPRESSION = 2_000_000;
    private static final long MOST_PER_DECISION = 5_000_000;

    private long left = MOST_PER_DECISION;

    long forNext() {
        return Math.min(left, MOST_PER_EXPRESSION);
    }

    void spend(long steps) {
        left = Math.max(0, left - steps);
    }

    public long spent() {
        return MOST_PER_DECISION - left;
    }
}

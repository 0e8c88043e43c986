package ai.kubiya.runner.output;

import java.util.BitSet;

/** A text that arrives in pieces, masked. A piece that may be the beginning of a secret is held back. */
public final class MaskedStream {
    // So much of a secret tells too much of it even when the rest never comes.
    private static final int TELLING = 8;

    private final PatternTree patterns;
    private final StringBuilder held = new StringBuilder();
    private final BitSet secret = new BitSet();
    private int state = PatternTree.ROOT;
    private boolean insideMask;

    MaskedStream(PatternTree patterns) {
        this.patterns = patterns;
    }

    /** The text that is safe to show now. */
    public String feed(String piece) {
        if (patterns.isEmpty()) {
            return piece;
        }
        StringBuilder shown = new StringBuilder(piece.length());
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            state = patterns.next(state, c);
            if (state == PatternTree.ROOT && held.isEmpty()) {
                shown.append(c);
                insideMask = false;
                continue;
            }
            held.append(c);
            int length = patterns.longestMatch(state);
            if (length > 0) {
                secret.set(held.length() - length, held.length());
            }
            release(held.length() - patterns.undecided(state), shown);
        }
        return shown.toString();
    }

    /** The rest, when nothing more will come. */
    public String end() {
        StringBuilder shown = new StringBuilder();
        if (patterns.undecided(state) >= TELLING) {
            secret.set(held.length() - patterns.undecided(state), held.length());
        }
        release(held.length(), shown);
        state = PatternTree.ROOT;
        insideMask = false;
        return shown.toString();
    }

    private void release(int count, StringBuilder shown) {
        if (count <= 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (!secret.get(i)) {
                shown.append(held.charAt(i));
                insideMask = false;
            } else if (!insideMask) {
                shown.append(SecretMask.MASK);
                insideMask = true;
            }
        }
        BitSet rest = secret.get(count, Math.max(count, held.length()));
        secret.clear();
        secret.or(rest);
        held.delete(0, count);
    }
}

package ai.kubiya.runner.output;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * Finds many words in one pass over a text (Aho-Corasick). A state is the longest end of the text read so far that is a
 * beginning of a word.
 */
final class PatternTree {
    static final int ROOT = 0;
    private static final int NONE = -1;
    private static final int FAST = 128;

    // Nearly every node has one child, so children are linked lists rather than tables.
    private int[] firstChild = new int[64];
    private int[] nextSibling = new int[64];
    private char[] letter = new char[64];
    private int[] depth = new int[64];
    private int[] fallback = new int[64];
    private int[] match = new int[64];
    private int[] undecided = new int[64];
    private int size = 1;
    private final int[] fromRoot = new int[FAST];

    PatternTree(List<String> words) {
        firstChild[ROOT] = NONE;
        nextSibling[ROOT] = NONE;
        words.forEach(this::add);
        for (char c = 0; c < FAST; c++) {
            fromRoot[c] = Math.max(ROOT, child(ROOT, c));
        }
        link();
    }

    boolean isEmpty() {
        return size == 1;
    }

    int next(int state, char c) {
        int from = state;
        while (from != ROOT) {
            int to = child(from, c);
            if (to != NONE) {
                return to;
            }
            from = fallback[from];
        }
        return c < FAST ? fromRoot[c] : Math.max(ROOT, child(ROOT, c));
    }

    /** How much of the end of the text may still become a word. */
    int undecided(int state) {
        return undecided[state];
    }

    /** Length of the longest word that ends here; 0 when none does. */
    int longestMatch(int state) {
        return match[state];
    }

    private void add(String word) {
        int node = ROOT;
        for (int i = 0; i < word.length(); i++) {
            int child = child(node, word.charAt(i));
            node = child == NONE ? grow(node, word.charAt(i)) : child;
        }
        match[node] = word.length();
    }

    private int child(int node, char c) {
        int child = firstChild[node];
        while (child != NONE && letter[child] != c) {
            child = nextSibling[child];
        }
        return child;
    }

    private int grow(int parent, char c) {
        if (size == letter.length) {
            int larger = size * 2;
            firstChild = Arrays.copyOf(firstChild, larger);
            nextSibling = Arrays.copyOf(nextSibling, larger);
            letter = Arrays.copyOf(letter, larger);
            depth = Arrays.copyOf(depth, larger);
            fallback = Arrays.copyOf(fallback, larger);
            match = Arrays.copyOf(match, larger);
            undecided = Arrays.copyOf(undecided, larger);
        }
        int node = size++;
        letter[node] = c;
        depth[node] = depth[parent] + 1;
        firstChild[node] = NONE;
        nextSibling[node] = firstChild[parent];
        firstChild[parent] = node;
        return node;
    }

    private void link() {
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        queue.add(ROOT);
        while (!queue.isEmpty()) {
            int parent = queue.remove();
            for (int node = firstChild[parent]; node != NONE; node = nextSibling[node]) {
                fallback[node] = parent == ROOT ? ROOT : next(fallback[parent], letter[node]);
                // At the end of a word that begins no longer one, only a shorter end is open.
                undecided[node] = firstChild[node] == NONE ? undecided[fallback[node]] : depth[node];
                match[node] = Math.max(match[node], match[fallback[node]]);
                queue.add(node);
            }
        }
    }
}

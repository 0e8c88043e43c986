package ai.kubiya.server.knowledge.search;

import java.util.Comparator;
import java.util.List;

/** Tells mistakes in words from other words: trigrams find the candidates, the number of wrong letters decides. */
final class Spelling {
    private static final int MOST = 3;
    private static final int LONG = 8;

    private Spelling() {}

    /** Of these, the ones that were probably meant, the likeliest first. */
    static List<Term.Form> likely(String asked, List<Term.Form> candidates) {
        int mistakes = asked.length() < LONG ? 1 : 2;
        return candidates.stream()
                .filter(form -> distance(asked, form.word()) <= mistakes)
                .map(form -> new Term.Form(
                        form.word(), form.passages(), 1 - distance(asked, form.word()) / (double) (asked.length() + 1)))
                .sorted(Comparator.comparingDouble(Term.Form::similarity)
                        .reversed()
                        .thenComparing(
                                Comparator.comparingLong(Term.Form::passages).reversed())
                        .thenComparing(Term.Form::word))
                .limit(MOST)
                .toList();
    }

    /** Letters to add, leave out, change or swap with their neighbours. */
    static int distance(String one, String other) {
        int[][] distances = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int k = 0; k <= other.length(); k++) {
                if (i == 0 || k == 0) {
                    distances[i][k] = i + k;
                    continue;
                }
                int changed = one.charAt(i - 1) == other.charAt(k - 1) ? 0 : 1;
                int least = Math.min(
                        distances[i - 1][k - 1] + changed, 1 + Math.min(distances[i - 1][k], distances[i][k - 1]));
                if (i > 1
                        && k > 1
                        && one.charAt(i - 1) == other.charAt(k - 2)
                        && one.charAt(i - 2) == other.charAt(k - 1)) {
                    least = Math.min(least, distances[i - 2][k - 2] + 1);
                }
                distances[i][k] = least;
            }
        }
        return distances[one.length()][other.length()];
    }
}

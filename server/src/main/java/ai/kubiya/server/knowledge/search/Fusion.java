package ai.kubiya.server.knowledge.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes one ranking of two by reciprocal rank: what is high in either is high, what is in both is higher. Ranks alone count,
 * because the scores of words and of meanings cannot be compared.
 */
final class Fusion {
    private static final double K = 60;

    private final Map<UUID, Hit> hits = new HashMap<>();

    /**
     * A passage that was found.
     *
     * @param score for the order of this search alone
     * @param relevance from 0 to 1, also of use by itself
     */
    record Hit(UUID passage, UUID entry, double score, double relevance) {}

    /** The next best of a ranking. */
    void add(UUID passage, UUID entry, int rank, double relevance) {
        double score = 1 / (K + rank);
        hits.merge(
                passage,
                new Hit(passage, entry, score, relevance),
                (one, other) ->
                        new Hit(passage, entry, one.score + other.score, Math.max(one.relevance, other.relevance)));
    }

    /** The best first; no relevance is above that of a better one, so that either can be sorted by. */
    List<Hit> ranked() {
        List<Hit> sorted = new ArrayList<>(hits.values());
        sorted.sort(Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::passage));
        List<Hit> ranked = new ArrayList<>();
        double most = 1;
        for (Hit hit : sorted) {
            most = Math.min(most, hit.relevance());
            ranked.add(new Hit(hit.passage(), hit.entry(), hit.score(), most));
        }
        return ranked;
    }
}

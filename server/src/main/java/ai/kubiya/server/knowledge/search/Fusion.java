package ai.kubiya.server.knowledge.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Makes one ranking of several by reciprocal rank: what is high in one is high, what is in more of them is higher. Ranks alone
 * count, because the scores of words and of meanings cannot be compared.
 */
final class Fusion {
    /** How much less the lower ranks count; found with one half of the benchmark's questions, and checked with the other. */
    private static final double K = 30;

    private Fusion() {}

    /**
     * A passage in one ranking.
     *
     * @param relevance from 0 to 1, of use by itself
     */
    record Candidate(UUID passage, UUID entry, double relevance) {}

    /** @param score for the order alone */
    record Hit(UUID passage, UUID entry, double score, double relevance) {}

    /** Passages, the best first. */
    static List<Hit> passages(List<List<Candidate>> rankings) {
        return fused(rankings, Candidate::passage);
    }

    /** Entries, each with its best passage, the best first. */
    static List<Hit> entries(List<List<Candidate>> rankings) {
        Map<UUID, UUID> best = new HashMap<>();
        passages(rankings).forEach(hit -> best.putIfAbsent(hit.entry(), hit.passage()));
        return fused(rankings, Candidate::entry).stream()
                .map(hit -> new Hit(
                        best.getOrDefault(hit.entry(), hit.passage()), hit.entry(), hit.score(), hit.relevance()))
                .toList();
    }

    /** No relevance is above that of a better one, so that either can be sorted by. */
    private static List<Hit> fused(List<List<Candidate>> rankings, Function<Candidate, UUID> key) {
        Map<UUID, Hit> hits = new HashMap<>();
        for (List<Candidate> ranking : rankings) {
            Set<UUID> seen = new HashSet<>();
            for (Candidate each : ranking) {
                if (seen.add(key.apply(each))) {
                    double score = 1 / (K + seen.size());
                    hits.merge(
                            key.apply(each),
                            new Hit(each.passage(), each.entry(), score, each.relevance()),
                            (one, other) -> new Hit(
                                    one.passage(),
                                    one.entry(),
                                    one.score + other.score,
                                    Math.max(one.relevance, other.relevance)));
                }
            }
        }
        List<Map.Entry<UUID, Hit>> sorted = new ArrayList<>(hits.entrySet());
        sorted.sort(Comparator.comparingDouble(
                        (Map.Entry<UUID, Hit> each) -> -each.getValue().score())
                .thenComparing(Map.Entry::getKey));
        List<Hit> ranked = new ArrayList<>();
        double most = 1;
        for (Map.Entry<UUID, Hit> each : sorted) {
            Hit hit = each.getValue();
            most = Math.min(most, hit.relevance());
            ranked.add(new Hit(hit.passage(), hit.entry(), hit.score(), most));
        }
        return ranked;
    }
}

package ai.kubiya.server.knowledge.meaning;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.knowledge.Reader;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Finds passages by what they mean. Those of an organisation are all compared, in memory, as long as there is room for them:
 * that finds the nearest for sure and takes no longer than the index would. Those of a larger one are found with pgvector where
 * there is it; where there is not, those are compared that were found by their words.
 */
public final class Vectors {
    private final Database database;
    private final VectorStore store = new VectorStore();
    private final Meanings meanings;
    private final PgvectorIndex index;
    private final VectorMemory memory;

    public Vectors(Database database, Meanings meanings, PgvectorIndex index, long mostBytes) {
        this.database = database;
        this.meanings = meanings;
        this.index = index;
        this.memory = new VectorMemory(database, mostBytes);
    }

    /** What is in memory now. */
    public long bytes() {
        return memory.bytes();
    }

    /**
     * The passages that mean most nearly what a question does, the best first.
     *
     * @param byWords passages that were found by their words
     * @param allowed leaves those of some passages that the reader may find
     */
    public List<Similar> nearest(
            Reader reader, String question, int most, List<UUID> byWords, UnaryOperator<List<UUID>> allowed) {
        UUID organizationId = reader.organizationId();
        Optional<VectorStore.State> state = database.read(transaction -> store.state(transaction, organizationId));
        if (!meanings.isOn() || state.isEmpty()) {
            return List.of();
        }
        Optional<VectorMemory.Kept> kept = memory.of(organizationId, state.get());
        if (kept.isPresent() && kept.get().isEmpty()) {
            return List.of();
        }
        Optional<MeaningVector> asked = meanings.ofQuestion(question);
        if (asked.isEmpty()) {
            return List.of();
        }
        MeaningVector vector = asked.get();
        if (kept.isPresent()) {
            return kept.get().nearest(vector, most, allowed);
        }
        return index.nearest(reader, vector, most)
                .map(found -> only(allowed, found))
                .orElseGet(() -> compare(organizationId, vector, byWords));
    }

    private static List<Similar> only(UnaryOperator<List<UUID>> allowed, List<Similar> found) {
        Set<UUID> passages =
                new HashSet<>(allowed.apply(found.stream().map(Similar::passage).toList()));
        return found.stream().filter(each -> passages.contains(each.passage())).toList();
    }

    private List<Similar> compare(UUID organizationId, MeaningVector question, Collection<UUID> passages) {
        return database.read(transaction -> store.of(transaction, organizationId, passages)).entrySet().stream()
                .map(entry -> new Similar(entry.getKey(), entry.getValue().similarity(question)))
                .sorted(Similar.BEST_FIRST)
                .toList();
    }

    /** How similar some passages are to a question; those without a vector are left out. */
    public Map<UUID, Float> similarities(UUID organizationId, String question, Collection<UUID> passages) {
        Map<UUID, Float> similarities = new HashMap<>();
        if (meanings.isOn() && !passages.isEmpty()) {
            meanings.ofQuestion(question)
                    .ifPresent(vector -> compare(organizationId, vector, passages)
                            .forEach(each -> similarities.put(each.passage(), each.similarity())));
        }
        return similarities;
    }
}

package ai.kubiya.server.knowledge.meaning;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;

/**
 * Finds passages by what they mean. The vectors of organisations that search are in memory, the last used ones within a
 * bound, and are brought up to the database's revision before each search. An organisation that is too large for the bound
 * has those passages compared that were found by their words.
 */
public final class VectorMemory {
    private static final int FIRST_LOOK = 400;

    private final Database database;
    private final VectorStore store = new VectorStore();
    private final Meanings meanings;
    private final long mostBytes;
    /** In the order of their last use. */
    private final Map<UUID, Kept> byOrganization = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Kept {
        final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        VectorIndex index = new VectorIndex();
        volatile long revision;
        volatile long bytes;
        volatile boolean tooLarge;
    }

    /** A passage and how much it is about the same as a question, from -1 to 1. */
    public record Similar(UUID passage, float similarity) {}

    public VectorMemory(Database database, Meanings meanings, long mostBytes) {
        this.database = database;
        this.meanings = meanings;
        this.mostBytes = mostBytes;
    }

    /** What is in memory now. */
    public long bytes() {
        synchronized (byOrganization) {
            return byOrganization.values().stream()
                    .mapToLong(kept -> kept.bytes)
                    .sum();
        }
    }

    /**
     * The passages that mean most nearly what a question does, the best first.
     *
     * @param byWords passages that were found by their words
     * @param allowed leaves those of some passages that may be found
     */
    public List<Similar> nearest(
            UUID organizationId, String question, int most, List<UUID> byWords, UnaryOperator<List<UUID>> allowed) {
        Optional<VectorStore.State> state = database.read(transaction -> store.state(transaction, organizationId));
        if (!meanings.isOn() || state.isEmpty()) {
            return List.of();
        }
        Kept kept = upToDate(organizationId, state.get());
        if (kept.bytes == 0 && !kept.tooLarge) {
            return List.of();
        }
        Optional<MeaningVector> vector = meanings.ofQuestion(question);
        if (vector.isEmpty()) {
            return List.of();
        }
        return kept.tooLarge ? compare(organizationId, vector.get(), byWords) : scan(kept, vector.get(), most, allowed);
    }

    private List<Similar> scan(Kept kept, MeaningVector question, int most, UnaryOperator<List<UUID>> allowed) {
        kept.lock.readLock().lock();
        try {
            VectorIndex index = kept.index;
            float[] similarities = index.similarities(question);
            for (int look = Math.max(FIRST_LOOK, most); ; look *= 4) {
                List<VectorIndex.Similar> best = index.best(similarities, look);
                Set<UUID> open = new HashSet<>(allowed.apply(
                        best.stream().map(VectorIndex.Similar::passage).toList()));
                if (open.size() >= most || look >= index.size()) {
                    return best.stream()
                            .filter(each -> open.contains(each.passage()))
                            .limit(most)
                            .map(each -> new Similar(each.passage(), each.similarity()))
                            .toList();
                }
            }
        } finally {
            kept.lock.readLock().unlock();
        }
    }

    private List<Similar> compare(UUID organizationId, MeaningVector question, List<UUID> passages) {
        Map<UUID, MeaningVector> vectors =
                database.read(transaction -> store.of(transaction, organizationId, passages));
        return vectors.entrySet().stream()
                .map(entry -> new Similar(entry.getKey(), entry.getValue().similarity(question)))
                .sorted((one, other) -> one.similarity() == other.similarity()
                        ? one.passage().compareTo(other.passage())
                        : Float.compare(other.similarity(), one.similarity()))
                .toList();
    }

    /** How similar some passages are to a question; those without a vector are left out. */
    public Map<UUID, Float> similarities(UUID organizationId, String question, Collection<UUID> passages) {
        Map<UUID, Float> similarities = new HashMap<>();
        if (meanings.isOn() && !passages.isEmpty()) {
            meanings.ofQuestion(question)
                    .ifPresent(vector -> compare(organizationId, vector, List.copyOf(passages))
                            .forEach(each -> similarities.put(each.passage(), each.similarity())));
        }
        return similarities;
    }

    private Kept upToDate(UUID organizationId, VectorStore.State state) {
        Kept kept;
        synchronized (byOrganization) {
            kept = byOrganization.computeIfAbsent(organizationId, _ -> new Kept());
        }
        if (kept.revision < state.revision()) {
            kept.lock.writeLock().lock();
            try {
                if (kept.revision < state.revision()) {
                    database.useTransaction(transaction -> catchUp(transaction, organizationId, kept, state));
                }
            } finally {
                kept.lock.writeLock().unlock();
            }
            makeRoom(organizationId);
        }
        return kept;
    }

    private void catchUp(Transaction transaction, UUID organizationId, Kept kept, VectorStore.State state) {
        kept.tooLarge = (long) store.count(transaction, organizationId) * VectorIndex.BYTES_EACH > mostBytes;
        if (kept.tooLarge || kept.index.size() == 0 || kept.revision < state.pruned()) {
            kept.index = new VectorIndex();
            if (!kept.tooLarge) {
                store.each(transaction, organizationId, 0, kept.index::add);
            }
        } else {
            addNew(transaction, organizationId, kept);
        }
        kept.bytes = kept.index.bytes();
        kept.revision = state.revision();
    }

    /** What went since is left out though it may have come since, too: ids never come back. */
    private void addNew(Transaction transaction, UUID organizationId, Kept kept) {
        Map<UUID, MeaningVector> added = new LinkedHashMap<>();
        store.each(transaction, organizationId, kept.revision, added::put);
        List<UUID> replaced = new ArrayList<>(store.goneAfter(transaction, organizationId, kept.revision));
        replaced.forEach(added::remove);
        replaced.addAll(added.keySet());
        kept.index.remove(replaced);
        added.forEach(kept.index::add);
    }

    /** Lets go of the organisations that searched longest ago, never of this one. */
    private void makeRoom(UUID organizationId) {
        synchronized (byOrganization) {
            long total = byOrganization.values().stream()
                    .mapToLong(kept -> kept.bytes)
                    .sum();
            var oldestFirst = byOrganization.entrySet().iterator();
            while (total > mostBytes && oldestFirst.hasNext()) {
                Map.Entry<UUID, Kept> oldest = oldestFirst.next();
                if (!oldest.getKey().equals(organizationId)) {
                    total -= oldest.getValue().bytes;
                    oldestFirst.remove();
                }
            }
        }
    }
}

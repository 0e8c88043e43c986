package ai.kubiya.server.knowledge.meaning;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import java.util.ArrayList;
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
 * The vectors of the organisations that searched last, within a bound, brought up to the database's revision before each search.
 */
final class VectorMemory {
    private static final int FIRST_LOOK = 400;

    private final Database database;
    private final VectorStore store = new VectorStore();
    private final long mostBytes;
    /** In the order of their last use. */
    private final Map<UUID, Kept> byOrganization = new LinkedHashMap<>(16, 0.75f, true);

    VectorMemory(Database database, long mostBytes) {
        this.database = database;
        this.mostBytes = mostBytes;
    }

    /** What is in memory now. */
    long bytes() {
        synchronized (byOrganization) {
            return byOrganization.values().stream()
                    .mapToLong(kept -> kept.bytes)
                    .sum();
        }
    }

    /** An organisation's vectors as they are now; empty when there is no room for them. */
    Optional<Kept> of(UUID organizationId, VectorStore.State state) {
        if (state.passages() * VectorIndex.BYTES_EACH > mostBytes) {
            synchronized (byOrganization) {
                byOrganization.remove(organizationId);
            }
            return Optional.empty();
        }
        return Optional.of(upToDate(organizationId, state));
    }

    /** Those of one organisation. */
    static final class Kept {
        private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        private VectorIndex index = new VectorIndex();
        private volatile long revision;
        private volatile long bytes;

        private Kept() {}

        boolean isEmpty() {
            return bytes == 0;
        }

        /** The nearest ones to a question that are allowed, the best first. */
        List<Similar> nearest(MeaningVector question, int most, UnaryOperator<List<UUID>> allowed) {
            lock.readLock().lock();
            try {
                float[] similarities = index.similarities(question);
                for (int look = Math.max(FIRST_LOOK, most); ; look *= 4) {
                    List<Similar> best = index.best(similarities, look);
                    Set<UUID> open = new HashSet<>(
                            allowed.apply(best.stream().map(Similar::passage).toList()));
                    if (open.size() >= most || look >= index.size()) {
                        return best.stream()
                                .filter(each -> open.contains(each.passage()))
                                .limit(most)
                                .toList();
                    }
                }
            } finally {
                lock.readLock().unlock();
            }
        }
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
        if (kept.index.size() == 0 || kept.revision < state.pruned()) {
            kept.index = new VectorIndex();
            store.each(transaction, organizationId, 0, kept.index::add);
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

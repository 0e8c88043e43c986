package ai.kubiya.server.knowledge.meaning;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.knowledge.meaning.VectorStore.Waiting;
import ai.kubiya.server.knowledge.passage.PassageIndex;
import ai.kubiya.server.signal.Signals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the vectors that are missing, in the background. Several servers share the queue: each takes a few passages for a
 * moment, and what a server that died had taken is taken again. Organisations take turns, so that a large import of one does
 * not keep the others waiting.
 */
public final class EmbeddingWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddingWorker.class);
    private static final int AT_A_TIME = 16;
    private static final int MOST_ATTEMPTS = 5;
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;
    private final VectorStore store = new VectorStore();
    private final Meanings meanings;
    private final Signals signals;
    private final Clock clock;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closing;

    public EmbeddingWorker(Database database, Meanings meanings, Signals signals, Clock clock) {
        this.database = database;
        this.meanings = meanings;
        this.signals = signals;
        this.clock = clock;
    }

    /** @param concurrency each thread takes one core as long as there is something to do */
    public EmbeddingWorker start(int concurrency) {
        if (meanings.isOn()) {
            for (int i = 0; i < concurrency; i++) {
                threads.add(Thread.ofPlatform().name("embedding-" + i).daemon().start(this::work));
            }
        }
        return this;
    }

    /** Passages of all organisations that have no vector yet. */
    public long waiting() {
        return database.read(store::waiting);
    }

    private void work() {
        try (Signals.Subscription waiting = signals.subscribe(PassageIndex.TOPIC)) {
            boolean othersQueued = false;
            while (!closing && meanings.isOn()) {
                try {
                    if (!othersQueued) {
                        database.useTransaction(store::queueOthers);
                        othersQueued = true;
                    }
                    emptyQueue();
                    waiting.await(LOOK);
                } catch (RuntimeException e) {
                    if (!closing) {
                        log.warn("making vectors of knowledge failed; trying again: {}", e.toString());
                        Thread.sleep(PAUSE);
                    }
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void emptyQueue() {
        UUID last = BEFORE_ALL;
        while (!closing) {
            UUID after = last;
            Instant now = clock.instant();
            Optional<UUID> organization = database.read(transaction -> store.nextOrganization(transaction, after, now));
            if (organization.isPresent()) {
                embedSome(organization.get());
                last = organization.get();
            } else if (last.equals(BEFORE_ALL)) {
                return;
            } else {
                last = BEFORE_ALL;
            }
        }
    }

    private void embedSome(UUID organizationId) {
        Instant now = clock.instant();
        List<Waiting> claimed =
                database.read(transaction -> store.claim(transaction, organizationId, AT_A_TIME, now, now.plus(LEASE)));
        Map<UUID, MeaningVector> vectors = new HashMap<>();
        Map<UUID, UUID> entries = new HashMap<>();
        List<UUID> done = new ArrayList<>();
        for (Waiting each : claimed) {
            if (closing) {
                break;
            }
            try {
                Optional<MeaningVector> vector = meanings.of(each.text());
                if (vector.isEmpty()) {
                    return;
                }
                vectors.put(each.id(), vector.get());
                entries.put(each.id(), each.entry());
                done.add(each.id());
            } catch (RuntimeException e) {
                boolean last = each.attempts() >= MOST_ATTEMPTS;
                log.warn("no vector for passage {}, {}", each.id(), last ? "given up" : "to be tried again", e);
                if (last) {
                    done.add(each.id());
                }
            }
        }
        write(organizationId, entries, vectors, done);
        if (closing) {
            giveBack(organizationId, claimed, done);
        }
    }

    private void write(
            UUID organizationId, Map<UUID, UUID> entries, Map<UUID, MeaningVector> vectors, List<UUID> done) {
        database.useTransaction(transaction -> {
            vectors.keySet().retainAll(store.lock(transaction, organizationId, done));
            if (!vectors.isEmpty()) {
                long revision = store.nextRevision(transaction, organizationId);
                store.insert(transaction, organizationId, revision, entries, vectors);
            }
            store.leaveQueue(transaction, organizationId, done);
        });
    }

    /** So that nobody waits until the lease is over. */
    private void giveBack(UUID organizationId, List<Waiting> claimed, List<UUID> done) {
        List<UUID> left = claimed.stream()
                .map(Waiting::id)
                .filter(id -> !done.contains(id))
                .toList();
        database.useTransaction(transaction -> store.giveBack(transaction, organizationId, left));
    }

    /** What is being made now is still written. */
    @Override
    public void close() {
        closing = true;
        signals.signal(PassageIndex.TOPIC);
        try {
            for (Thread thread : threads) {
                thread.join(LAST_WORDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

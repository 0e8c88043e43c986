package ai.kubiya.server.knowledge.passage;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.signal.Bell;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keeps the passages of entries: what changes is cut anew, and what stays as it is keeps its vectors. */
public final class PassageIndex {
    /** Rings when passages wait for their vectors. */
    public static final String TOPIC = "knowledge";

    /** Servers look for what went with every search, so that those that are left out after this long have nothing to lose. */
    private static final Duration GONE_KEPT = Duration.ofHours(6);

    private final Database database;
    private final PassageStore passages = new PassageStore();
    private final IndexStore index = new IndexStore();
    private final Bell bell;
    private final Clock clock;

    public PassageIndex(Database database, Bell bell, Clock clock) {
        this.database = database;
        this.bell = bell;
        this.clock = clock;
    }

    /** Makes the passages of an entry those of what it says now, as a part of the transaction that changes it. */
    public void write(Transaction transaction, UUID organizationId, UUID entry, Indexed says) {
        Map<ByteBuffer, Deque<PassageStore.Stored>> before = new HashMap<>();
        for (PassageStore.Stored stored : passages.stored(transaction, organizationId, entry)) {
            before.computeIfAbsent(stored.hash(), _ -> new ArrayDeque<>()).add(stored);
        }
        List<PassageStore.NewPassage> added = new ArrayList<>();
        List<PassageStore.NewPassage> moved = new ArrayList<>();
        List<Passage> cut = PassageCutter.cut(says.content());
        for (int i = 0; i < cut.size(); i++) {
            Passage passage = cut.get(i);
            String about = i == 0 ? says.description() + "\n" + String.join("\n", says.labels()) : "";
            ByteBuffer hash = hash(says.title(), about, passage.heading(), passage.text());
            Deque<PassageStore.Stored> same = before.getOrDefault(hash, new ArrayDeque<>());
            PassageStore.Stored kept = same.poll();
            UUID id = kept == null ? Uuids.next(clock) : kept.id();
            PassageStore.NewPassage now = new PassageStore.NewPassage(id, i, says.title(), about, passage, hash);
            if (kept == null) {
                added.add(now);
            } else if (kept.position() != i || kept.start() != passage.start()) {
                moved.add(now);
            }
        }
        List<UUID> gone = before.values().stream()
                .flatMap(Collection::stream)
                .map(PassageStore.Stored::id)
                .toList();
        passages.insert(transaction, organizationId, entry, added);
        passages.move(transaction, organizationId, moved);
        remove(transaction, organizationId, gone, added.size());
        if (!added.isEmpty()) {
            bell.ringOthers(transaction, TOPIC);
            transaction.afterCommit(() -> bell.ringHere(TOPIC));
        }
    }

    /** Before an entry is deleted. */
    public void remove(Transaction transaction, UUID organizationId, UUID entry) {
        List<UUID> gone = passages.stored(transaction, organizationId, entry).stream()
                .map(PassageStore.Stored::id)
                .toList();
        remove(transaction, organizationId, gone, 0);
    }

    /** The revision comes last: its row is locked until the commit, and others wait for it. */
    private void remove(Transaction transaction, UUID organizationId, List<UUID> gone, int added) {
        if (gone.isEmpty() && added == 0) {
            return;
        }
        // Locked first: a vector that is just being written is there before it is looked for.
        passages.lock(transaction, organizationId, gone);
        List<UUID> withVector = passages.withVector(transaction, organizationId, gone);
        passages.delete(transaction, organizationId, gone);
        long revision = index.nextRevision(transaction, organizationId, added, gone.size());
        index.addGone(transaction, organizationId, revision, withVector, clock.instant());
    }

    /** Lengths keep two ways of putting the same letters into fields apart. */
    private static ByteBuffer hash(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
                digest.update(bytes);
            }
            return ByteBuffer.wrap(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A chore: searches weigh words by how common they are. */
    public void countWords() {
        Optional<UUID> organization = database.read(index::takeUncounted);
        while (organization.isPresent()) {
            UUID id = organization.get();
            database.useTransaction(transaction -> index.countWords(transaction, id));
            organization = database.read(index::takeUncounted);
        }
    }

    /** A chore. */
    public void forgetGone() {
        database.useTransaction(
                transaction -> index.prune(transaction, clock.instant().minus(GONE_KEPT)));
    }
}

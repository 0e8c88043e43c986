package ai.kubiya.server.key;

import ai.kubiya.server.user.IdentityChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys that were found good, so that a request costs no look-up in the database. Only good keys get in, so that nobody
 * fills it by guessing. Once {@link #forget} has returned, nothing that was read before is answered any more, and nothing
 * that was being read meanwhile gets in.
 */
final class KeyCache implements IdentityChanges.Memory {
    /** What somebody changes behind the servers' backs, in the database itself, is noticed after this time. */
    private static final Duration LONGEST_KEPT = Duration.ofMinutes(1);

    private final int most;
    private final Map<Long, Entry> entries = new ConcurrentHashMap<>();
    private volatile long generation;

    private record Entry(KnownKey key, Instant readAt) {}

    /** @param most keys that are remembered at a time */
    KeyCache(int most) {
        this.most = most;
    }

    /** To be asked before a key is read from the database. */
    long generation() {
        return generation;
    }

    Optional<KnownKey> find(byte[] hash, Instant now) {
        Entry entry = entries.get(NewKey.address(hash));
        if (entry == null || !entry.key().hasHash(hash)) {
            return Optional.empty();
        }
        if (entry.readAt().plus(LONGEST_KEPT).isBefore(now)) {
            entries.remove(entry.key().address(), entry);
            return Optional.empty();
        }
        return Optional.of(entry.key());
    }

    /** Remembers a key, unless something changed since {@link #generation} was asked. */
    synchronized void put(KnownKey key, Instant readAt, long readIn) {
        if (readIn != generation) {
            return;
        }
        if (entries.size() >= most) {
            // Their order is that of hashes: as good as drawing lots.
            Iterator<Long> any = entries.keySet().iterator();
            if (any.hasNext()) {
                any.next();
                any.remove();
            }
        }
        entries.put(key.address(), new Entry(key, readAt));
    }

    int size() {
        return entries.size();
    }

    @Override
    public synchronized void forget(UUID organizationId) {
        generation = generation + 1;
        entries.values().removeIf(entry -> entry.key().organizationId().equals(organizationId));
    }

    @Override
    public synchronized void forgetAll() {
        generation = generation + 1;
        entries.clear();
    }
}

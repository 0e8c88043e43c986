package ai.kubiya.server.key;

import ai.kubiya.server.db.Database;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** When keys were used last: collected here, written together now and then and at the end. */
public final class KeyUse implements AutoCloseable {
    private final Database database;
    private final ApiKeyStore store = new ApiKeyStore();
    private final Map<UUID, Instant> used = new ConcurrentHashMap<>();

    public KeyUse(Database database) {
        this.database = database;
    }

    void note(UUID key, Instant at) {
        used.put(key, at);
    }

    /** Writes what came together. What cannot be written is kept for the next time. */
    public void write() {
        Map<UUID, Instant> taken = new HashMap<>();
        for (UUID key : List.copyOf(used.keySet())) {
            Instant at = used.remove(key);
            if (at != null) {
                taken.put(key, at);
            }
        }
        if (taken.isEmpty()) {
            return;
        }
        try {
            database.useTransaction(transaction -> store.noteUse(transaction, taken));
        } catch (RuntimeException e) {
            taken.forEach(used::putIfAbsent);
            throw e;
        }
    }

    @Override
    public void close() {
        write();
    }
}

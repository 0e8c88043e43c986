package ai.kubiya.server.crypto;

import ai.kubiya.server.db.Transaction;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** SQL of the names of the master keys in use. */
final class MasterKeyStore {
    /** Servers that start at once, or start while keys are changed, take turns. */
    void lock(Transaction transaction) {
        transaction.update("LOCK TABLE master_key IN EXCLUSIVE MODE").execute();
    }

    List<String> inUse(Transaction transaction) {
        return transaction
                .query("SELECT id FROM master_key ORDER BY created_at, id")
                .mapTo(String.class)
                .list();
    }

    void use(Transaction transaction, String id, Instant at) {
        transaction
                .update("INSERT INTO master_key (id, created_at) VALUES (:id, :at) ON CONFLICT DO NOTHING")
                .bind("id", id)
                .bind("at", at)
                .execute();
    }

    void retire(Transaction transaction, Collection<String> ids) {
        transaction
                .update("DELETE FROM master_key WHERE id = ANY(:ids)")
                .bindArray("ids", String.class, ids.toArray())
                .execute();
    }
}

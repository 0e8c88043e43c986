package ai.kubiya.server.limit;

import ai.kubiya.server.db.Transaction;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** SQL of server processes. Time is the database's: it is the only clock that all of them share. */
final class ProcessStore {

    /** Until the end of the transaction nobody else joins or decides to count alone. */
    void lock(Transaction transaction) {
        transaction
                .query("SELECT 1 FROM (SELECT pg_advisory_xact_lock(4207849485)) AS lock")
                .mapTo(Integer.class)
                .one();
    }

    /** Present from now on, counting in the database. The node's last process is gone: it held the data directory. */
    void join(Transaction transaction, UUID id, String node) {
        transaction.update("""
                        INSERT INTO server_process AS p (id, node, seen_at, in_memory, batch)
                        VALUES (:id, :node, now(), false, 0)
                        ON CONFLICT (node) DO UPDATE
                        SET id = excluded.id, seen_at = excluded.seen_at, in_memory = false,
                            batch = CASE WHEN p.id = excluded.id THEN p.batch ELSE 0 END
                        """).bind("id", id).bind("node", node).execute();
    }

    /** False when the row is gone. */
    boolean seen(Transaction transaction, UUID id, boolean inMemory) {
        return transaction
                        .update("UPDATE server_process SET seen_at = now(), in_memory = :inMemory FROM ("
                                + CountStore.UNHURRIED + ") AS unhurried WHERE id = :id")
                        .bind("id", id)
                        .bind("inMemory", inMemory)
                        .execute()
                == 1;
    }

    boolean hasOthers(Transaction transaction, UUID id, Duration expiry) {
        return transaction
                .query("""
                        SELECT EXISTS (SELECT FROM server_process
                                       WHERE id <> :id AND seen_at > now() - make_interval(secs => :seconds))
                        """)
                .bind("id", id)
                .bind("seconds", expiry.toSeconds())
                .mapTo(Boolean.class)
                .one();
    }

    /** Whether another one still counts by itself. */
    boolean hasOthersInMemory(Transaction transaction, UUID id, Duration expiry) {
        return transaction
                .query("""
                        SELECT EXISTS (SELECT FROM server_process
                                       WHERE id <> :id AND in_memory
                                         AND seen_at > now() - make_interval(secs => :seconds))
                        """)
                .bind("id", id)
                .bind("seconds", expiry.toSeconds())
                .mapTo(Boolean.class)
                .one();
    }

    /** The number of the last batch that arrived; nobody else changes it until the end of the transaction. */
    Optional<Long> lastBatch(Transaction transaction, UUID id) {
        return transaction
                .query("SELECT batch FROM server_process WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .mapTo(Long.class)
                .findOne();
    }

    void setLastBatch(Transaction transaction, UUID id, long number) {
        transaction
                .update("UPDATE server_process SET batch = :number WHERE id = :id")
                .bind("id", id)
                .bind("number", number)
                .execute();
    }

    void leave(Transaction transaction, UUID id) {
        transaction
                .update("DELETE FROM server_process WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    void forgetGone(Transaction transaction, Duration silence) {
        transaction
                .update("DELETE FROM server_process WHERE seen_at < now() - make_interval(secs => :seconds)")
                .bind("seconds", silence.toSeconds())
                .execute();
    }
}

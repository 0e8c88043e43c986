package ai.kubiya.server.knowledge.passage;

import ai.kubiya.server.db.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** SQL of what is kept for all passages of an organisation together. */
final class IndexStore {
    /** Counts the revision up; nobody else of the organisation does until the end of the transaction. */
    long nextRevision(Transaction transaction, UUID organizationId, int added, int gone) {
        return transaction
                .query("""
                        INSERT INTO knowledge_index (organization_id, revision, chunks, changes)
                        VALUES (:organizationId, 1, :added - :gone, :added + :gone)
                        ON CONFLICT (organization_id) DO UPDATE
                        SET revision = knowledge_index.revision + 1,
                            chunks = knowledge_index.chunks + excluded.chunks,
                            changes = knowledge_index.changes + excluded.changes
                        RETURNING revision
                        """)
                .bind("organizationId", organizationId)
                .bind("added", added)
                .bind("gone", gone)
                .mapTo(Long.class)
                .one();
    }

    void addGone(Transaction transaction, UUID organizationId, long revision, List<UUID> passages, Instant at) {
        transaction
                .update("""
                        INSERT INTO knowledge_gone (organization_id, revision, chunk_id, gone_at)
                        SELECT :organizationId, :revision, id, :at FROM unnest(:ids) AS id
                        """)
                .bind("organizationId", organizationId)
                .bind("revision", revision)
                .bind("ids", passages.toArray(UUID[]::new))
                .bind("at", at)
                .execute();
    }

    /** Forgets what went before this; whoever has not heard of it by then reads everything anew. */
    void prune(Transaction transaction, Instant before) {
        transaction.update("""
                        WITH forgotten AS (
                            DELETE FROM knowledge_gone WHERE gone_at < :before RETURNING organization_id, revision
                        ), last AS (
                            SELECT organization_id, max(revision) AS revision FROM forgotten GROUP BY organization_id
                        )
                        UPDATE knowledge_index i SET pruned = greatest(i.pruned, last.revision)
                        FROM last WHERE last.organization_id = i.organization_id
                        """).bind("before", before).execute();
    }

    /** An organisation whose words are to be counted, because a tenth of its passages is new; it is taken by the asking. */
    Optional<UUID> takeUncounted(Transaction transaction) {
        return transaction.query("""
                        UPDATE knowledge_index SET counted = changes
                        WHERE organization_id = (
                            SELECT i.organization_id FROM knowledge_index i
                            WHERE i.changes - i.counted >= greatest(50, i.counted / 10)
                            ORDER BY i.organization_id LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING organization_id
                        """).mapTo(UUID.class).findOne();
    }

    void countWords(Transaction transaction, UUID organizationId) {
        transaction.update("""
                        WITH now AS (
                            SELECT word, ndoc FROM ts_stat(
                                format('SELECT words FROM knowledge_chunk WHERE organization_id = %L', :organizationId::uuid))
                        ), gone AS (
                            DELETE FROM knowledge_word w
                            WHERE w.organization_id = :organizationId
                              AND NOT EXISTS (SELECT FROM now WHERE now.word = w.word)
                        )
                        INSERT INTO knowledge_word AS w (organization_id, word, chunks)
                        SELECT :organizationId, word, ndoc FROM now ORDER BY word
                        ON CONFLICT (organization_id, word) DO UPDATE SET chunks = excluded.chunks
                        WHERE w.chunks <> excluded.chunks
                        """).bind("organizationId", organizationId).execute();
    }
}

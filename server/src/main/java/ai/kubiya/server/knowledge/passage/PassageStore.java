package ai.kubiya.server.knowledge.passage;

import ai.kubiya.server.db.Transaction;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;

/** SQL of passages and their words. */
final class PassageStore {
    /** A passage that is there already. */
    record Stored(UUID id, ByteBuffer hash, int position, int start) {}

    /**
     * A passage to be written.
     *
     * @param about words that belong to the entry and to none of its passages
     */
    record NewPassage(UUID id, int position, String title, String about, Passage passage, ByteBuffer hash) {}

    List<Stored> stored(Transaction transaction, UUID organizationId, UUID entry) {
        return transaction
                .query("""
                        SELECT id, hash, position, starts FROM knowledge_chunk
                        WHERE organization_id = :organizationId AND knowledge_id = :entry ORDER BY position
                        """)
                .bind("organizationId", organizationId)
                .bind("entry", entry)
                .map((row, context) -> new Stored(
                        row.getObject("id", UUID.class),
                        ByteBuffer.wrap(row.getBytes("hash")),
                        row.getInt("position"),
                        row.getInt("starts")))
                .list();
    }

    void insert(Transaction transaction, UUID organizationId, UUID entry, List<NewPassage> passages) {
        if (passages.isEmpty()) {
            return;
        }
        PreparedBatch batch = transaction.handle().prepareBatch("""
                INSERT INTO knowledge_chunk (id, organization_id, knowledge_id, position, heading, text, starts, ends, hash,
                                             words)
                VALUES (:id, :organizationId, :entry, :position, :heading, :text, :start, :end, :hash,
                        setweight(to_tsvector('english', :titleWords), 'A')
                        || setweight(to_tsvector('english', :headingWords), 'B')
                        || setweight(to_tsvector('english', :aboutWords), 'C')
                        || to_tsvector('english', :textWords))
                """);
        for (NewPassage each : passages) {
            Passage passage = each.passage();
            batch.bind("id", each.id())
                    .bind("organizationId", organizationId)
                    .bind("entry", entry)
                    .bind("position", each.position())
                    .bind("heading", passage.heading())
                    .bind("text", passage.text())
                    .bind("start", passage.start())
                    .bind("end", passage.end())
                    .bind("hash", each.hash().array())
                    .bind("titleWords", WordParts.with(each.title()))
                    .bind("headingWords", WordParts.with(passage.heading()))
                    .bind("aboutWords", WordParts.with(each.about()))
                    .bind("textWords", WordParts.with(passage.text()))
                    .add();
        }
        batch.execute();
        UUID[] ids = passages.stream().map(NewPassage::id).toArray(UUID[]::new);
        transaction
                .update("""
                        INSERT INTO knowledge_unembedded (chunk_id, organization_id)
                        SELECT id, :organizationId FROM unnest(:ids) AS id
                        """)
                .bind("organizationId", organizationId)
                .bind("ids", ids)
                .execute();
        addWords(transaction, organizationId, ids);
    }

    /** Only new ones: counting each time would make everybody wait for the rows of the common ones. */
    private static void addWords(Transaction transaction, UUID organizationId, UUID[] ids) {
        transaction
                .update("""
                        INSERT INTO knowledge_word (organization_id, word, chunks)
                        SELECT :organizationId, found.word, found.chunks
                        FROM (SELECT w.lexeme AS word, count(*) AS chunks
                              FROM knowledge_chunk c, unnest(c.words) AS w
                              WHERE c.organization_id = :organizationId AND c.id = ANY (:ids)
                              GROUP BY w.lexeme) found
                        WHERE NOT EXISTS (SELECT FROM knowledge_word known
                                          WHERE known.organization_id = :organizationId AND known.word = found.word)
                        ORDER BY found.word
                        ON CONFLICT DO NOTHING
                        """)
                .bind("organizationId", organizationId)
                .bind("ids", ids)
                .execute();
    }

    /** Puts passages that stay to where they are now. */
    void move(Transaction transaction, UUID organizationId, List<NewPassage> passages) {
        if (passages.isEmpty()) {
            return;
        }
        PreparedBatch batch = transaction.handle().prepareBatch("""
                UPDATE knowledge_chunk SET position = :position, starts = :start, ends = :end
                WHERE organization_id = :organizationId AND id = :id
                """);
        for (NewPassage each : passages) {
            batch.bind("organizationId", organizationId)
                    .bind("id", each.id())
                    .bind("position", each.position())
                    .bind("start", each.passage().start())
                    .bind("end", each.passage().end())
                    .add();
        }
        batch.execute();
    }

    void lock(Transaction transaction, UUID organizationId, Collection<UUID> ids) {
        transaction
                .query("SELECT id FROM knowledge_chunk WHERE organization_id = :organizationId AND id = ANY (:ids)"
                        + " ORDER BY id FOR UPDATE")
                .bind("organizationId", organizationId)
                .bind("ids", ids.toArray(UUID[]::new))
                .mapTo(UUID.class)
                .list();
    }

    /** Of these passages, those that have a vector. */
    List<UUID> withVector(Transaction transaction, UUID organizationId, Collection<UUID> ids) {
        return transaction
                .query("SELECT chunk_id FROM knowledge_vector"
                        + " WHERE organization_id = :organizationId AND chunk_id = ANY (:ids)")
                .bind("organizationId", organizationId)
                .bind("ids", ids.toArray(UUID[]::new))
                .mapTo(UUID.class)
                .list();
    }

    /** With their vectors and their places in the queue. */
    void delete(Transaction transaction, UUID organizationId, Collection<UUID> ids) {
        transaction
                .update("DELETE FROM knowledge_chunk WHERE organization_id = :organizationId AND id = ANY (:ids)")
                .bind("organizationId", organizationId)
                .bind("ids", ids.toArray(UUID[]::new))
                .execute();
    }
}

package ai.kubiya.server.knowledge.meaning;

import ai.kubiya.server.db.Transaction;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** SQL of vectors and of the queue of passages that have none. */
final class VectorStore {
    /** Rows at a time where there may be very many. */
    static final int FETCHED = 2000;

    /** A passage that waits for its vector. */
    record Waiting(UUID id, UUID organizationId, UUID entry, String text, int attempts) {}

    /**
     * Where an organisation's vectors stand.
     *
     * @param passages with a vector or without
     */
    record State(long revision, long pruned, long passages) {}

    long waiting(Transaction transaction) {
        return transaction
                .query("SELECT count(*) FROM knowledge_unembedded")
                .mapTo(Long.class)
                .one();
    }

    /** The next organisation with passages that wait, after another; they take turns. */
    Optional<UUID> nextOrganization(Transaction transaction, UUID after, Instant now) {
        return transaction
                .query("""
                        SELECT organization_id FROM knowledge_unembedded
                        WHERE organization_id > :after AND claimed_until < :now
                        ORDER BY organization_id LIMIT 1
                        """)
                .bind("after", after)
                .bind("now", now)
                .mapTo(UUID.class)
                .findOne();
    }

    /** Takes some of the queue; they are others' again when the time is up. */
    List<Waiting> claim(Transaction transaction, UUID organizationId, int most, Instant now, Instant until) {
        return transaction
                .query("""
                        WITH claimed AS (
                            UPDATE knowledge_unembedded SET claimed_until = :until, attempts = attempts + 1
                            WHERE chunk_id IN (
                                SELECT chunk_id FROM knowledge_unembedded
                                WHERE organization_id = :organizationId AND claimed_until < :now
                                ORDER BY chunk_id LIMIT :most FOR UPDATE SKIP LOCKED)
                            RETURNING chunk_id, attempts
                        )
                        SELECT c.id, c.organization_id, c.knowledge_id, claimed.attempts,
                               concat_ws(E'\\n', e.name, nullif(c.heading, ''),
                                         CASE WHEN c.position = 0 THEN nullif(v.description, '') END, c.text) AS text
                        FROM claimed
                        JOIN knowledge_chunk c ON c.id = claimed.chunk_id
                        JOIN knowledge e ON e.id = c.knowledge_id
                        JOIN knowledge_version v ON v.knowledge_id = e.id AND v.version = e.version
                        ORDER BY c.id
                        """)
                .bind("organizationId", organizationId)
                .bind("most", most)
                .bind("now", now)
                .bind("until", until)
                .map((row, context) -> new Waiting(
                        row.getObject("id", UUID.class),
                        row.getObject("organization_id", UUID.class),
                        row.getObject("knowledge_id", UUID.class),
                        row.getString("text"),
                        row.getInt("attempts")))
                .list();
    }

    /** Those of them that are still there; they stay until the end of the transaction. */
    List<UUID> lock(Transaction transaction, UUID organizationId, Collection<UUID> passages) {
        return transaction
                .query("SELECT id FROM knowledge_chunk WHERE organization_id = :organizationId AND id = ANY (:ids)"
                        + " ORDER BY id FOR KEY SHARE")
                .bind("organizationId", organizationId)
                .bind("ids", passages.toArray(UUID[]::new))
                .mapTo(UUID.class)
                .list();
    }

    long nextRevision(Transaction transaction, UUID organizationId) {
        return transaction
                .query("UPDATE knowledge_index SET revision = revision + 1 WHERE organization_id = :organizationId"
                        + " RETURNING revision")
                .bind("organizationId", organizationId)
                .mapTo(Long.class)
                .one();
    }

    void insert(
            Transaction transaction,
            UUID organizationId,
            long revision,
            Map<UUID, UUID> entries,
            Map<UUID, MeaningVector> vectors) {
        PreparedBatch batch = transaction.handle().prepareBatch("""
                INSERT INTO knowledge_vector (chunk_id, organization_id, knowledge_id, model, revision, vector)
                VALUES (:id, :organizationId, :entry, :model, :revision, :vector)
                ON CONFLICT (chunk_id) DO UPDATE
                SET model = excluded.model, revision = excluded.revision, vector = excluded.vector
                """);
        vectors.forEach((id, vector) -> batch.bind("id", id)
                .bind("organizationId", organizationId)
                .bind("entry", entries.get(id))
                .bind("model", TextModel.NUMBER)
                .bind("revision", revision)
                .bind("vector", vector.stored())
                .add());
        batch.execute();
    }

    void leaveQueue(Transaction transaction, UUID organizationId, Collection<UUID> passages) {
        transaction
                .update("DELETE FROM knowledge_unembedded"
                        + " WHERE organization_id = :organizationId AND chunk_id = ANY (:ids)")
                .bind("organizationId", organizationId)
                .bind("ids", passages.toArray(UUID[]::new))
                .execute();
    }

    void giveBack(Transaction transaction, UUID organizationId, Collection<UUID> passages) {
        transaction
                .update("UPDATE knowledge_unembedded SET claimed_until = '-infinity'"
                        + " WHERE organization_id = :organizationId AND chunk_id = ANY (:ids)")
                .bind("organizationId", organizationId)
                .bind("ids", passages.toArray(UUID[]::new))
                .execute();
    }

    /** Whatever has a vector of another model waits for one of this. */
    void queueOthers(Transaction transaction) {
        transaction.update("""
                        INSERT INTO knowledge_unembedded (chunk_id, organization_id)
                        SELECT chunk_id, organization_id FROM knowledge_vector WHERE model <> :model
                        ON CONFLICT DO NOTHING
                        """).bind("model", TextModel.NUMBER).execute();
    }

    Optional<State> state(Transaction transaction, UUID organizationId) {
        return transaction
                .query("SELECT revision, pruned, chunks FROM knowledge_index WHERE organization_id = :organizationId")
                .bind("organizationId", organizationId)
                .map((row, context) -> new State(row.getLong("revision"), row.getLong("pruned"), row.getLong("chunks")))
                .findOne();
    }

    /** Gives the vectors of an organisation that came after a revision. Within a transaction, some at a time. */
    void each(Transaction transaction, UUID organizationId, long after, BiConsumer<UUID, MeaningVector> consumer) {
        vectors(transaction
                        .query("""
                        SELECT chunk_id, vector FROM knowledge_vector
                        WHERE organization_id = :organizationId AND revision > :after AND model = :model
                        """)
                        .bind("organizationId", organizationId)
                        .bind("after", after)
                        .bind("model", TextModel.NUMBER)
                        .setFetchSize(FETCHED))
                .forEach(row -> consumer.accept(row.getKey(), row.getValue()));
    }

    List<UUID> goneAfter(Transaction transaction, UUID organizationId, long after) {
        return transaction
                .query("SELECT chunk_id FROM knowledge_gone"
                        + " WHERE organization_id = :organizationId AND revision > :after")
                .bind("organizationId", organizationId)
                .bind("after", after)
                .mapTo(UUID.class)
                .list();
    }

    Map<UUID, MeaningVector> of(Transaction transaction, UUID organizationId, Collection<UUID> passages) {
        return vectors(transaction
                        .query("""
                        SELECT chunk_id, vector FROM knowledge_vector
                        WHERE organization_id = :organizationId AND chunk_id = ANY (:ids) AND model = :model
                        """)
                        .bind("organizationId", organizationId)
                        .bind("ids", passages.toArray(UUID[]::new))
                        .bind("model", TextModel.NUMBER))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What a query finds that has the columns chunk_id and vector. */
    static ResultIterable<Map.Entry<UUID, MeaningVector>> vectors(Query query) {
        return query.map((row, context) ->
                Map.entry(row.getObject("chunk_id", UUID.class), MeaningVector.parse(row.getBytes("vector"))));
    }
}

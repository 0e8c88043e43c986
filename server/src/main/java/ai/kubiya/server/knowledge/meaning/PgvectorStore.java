package ai.kubiya.server.knowledge.meaning;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.knowledge.Reader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * SQL of pgvector's index. It is over the vectors as they are stored, by a function that reads them: there is no second copy to
 * be kept like the first, and all of this may be taken away or built anew at any time.
 */
final class PgvectorStore {
    private static final String INDEX = "knowledge_vector_nearest";
    /** Of this chore, among the database's advisory locks. */
    private static final long LOCK = 7_160_553_218_004_319L;
    /** Looks further than the nearest ones where not all of them may be read; older versions cannot. */
    private static final String OLDEST = "{0,8}";

    private static final String MEANING = "knowledge_meaning(vector)::halfvec(" + MeaningVector.DIMENSIONS + ")";

    /** As wide as the extension allows: with 300, a search for the 300 nearest misses some of the very nearest. */
    private static final int WIDTH = 1000;

    /** How many passages are looked at before less than what was asked for is found. */
    private static final int MOST_VISITED = 20_000;

    /**
     * Only the bytes count: the scale before them changes no direction. A bit is turned and 128 taken away, which makes numbers
     * from -128 to 127 of those from 0 to 255.
     */
    private static final String FUNCTION = """
            CREATE OR REPLACE FUNCTION knowledge_meaning(stored bytea) RETURNS halfvec
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            RETURN ARRAY(SELECT (get_byte(stored, i) # 128) - 128 FROM generate_series(%d, %d) AS i)::halfvec
            """.formatted(Float.BYTES, Float.BYTES + MeaningVector.DIMENSIONS - 1);

    /** Building in memory is many times faster than in the file; what was set to more stays. */
    private static final String MEMORY = """
            SELECT set_config('maintenance_work_mem', '256MB', false)
            WHERE pg_size_bytes(current_setting('maintenance_work_mem')) < pg_size_bytes('256MB')
            """;

    /** @param recent enough for us */
    record Version(String number, boolean recent) {}

    /** What the server has, whether or not it was made part of this database. */
    Optional<Version> version(Transaction transaction) {
        return transaction
                .query("""
                        SELECT version, string_to_array(regexp_replace(version, '[^0-9.].*$', ''), '.')::integer[]
                                        >= CAST(:oldest AS integer[]) AS recent
                        FROM (SELECT coalesce(installed_version, default_version) AS version
                              FROM pg_available_extensions WHERE name = 'vector') AS available
                        """)
                .bind("oldest", OLDEST)
                .map((row, context) -> new Version(row.getString("version"), row.getBoolean("recent")))
                .findOne();
    }

    boolean hasIndex(Transaction transaction) {
        return transaction
                .query("SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass(:index) AND indisvalid)")
                .bind("index", INDEX)
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * Makes the extension, the function and the index. Nobody who reads or writes waits for it. On a connection of its own, with
     * whose end the lock goes.
     *
     * @return whether it is there; not, when another server is making it
     */
    boolean make(Transaction transaction) {
        boolean locked = transaction
                .query("SELECT pg_try_advisory_lock(:lock)")
                .bind("lock", LOCK)
                .mapTo(Boolean.class)
                .one();
        if (!locked) {
            return false;
        }
        // Another server may have been faster since it was looked for.
        if (hasIndex(transaction)) {
            return true;
        }
        Handle handle = transaction.handle();
        handle.execute("CREATE EXTENSION IF NOT EXISTS vector");
        handle.execute(FUNCTION);
        handle.execute(MEMORY);
        // One that a server did not live to complete.
        handle.execute("DROP INDEX CONCURRENTLY IF EXISTS " + INDEX);
        handle.execute("CREATE INDEX CONCURRENTLY " + INDEX + " ON knowledge_vector USING hnsw ((" + MEANING
                + ") halfvec_cosine_ops)");
        return true;
    }

    /** Gives passages near a question that a reader may read, at most so many, in no order. */
    void nearest(
            Transaction transaction,
            Reader reader,
            MeaningVector question,
            int most,
            BiConsumer<UUID, MeaningVector> found) {
        transaction
                .query("SELECT concat(set_config('hnsw.ef_search', '" + WIDTH + "', true),"
                        + " set_config('hnsw.iterative_scan', 'relaxed_order', true),"
                        + " set_config('hnsw.max_scan_tuples', '" + MOST_VISITED + "', true))")
                .mapTo(String.class)
                .one();
        Map<String, Object> values = values(reader);
        values.put("question", text(question));
        values.put("most", most);
        each(
                transaction.query(
                        "SELECT v.chunk_id, v.vector FROM knowledge_vector v JOIN knowledge e ON e.id = v.knowledge_id"
                                + " WHERE v.organization_id = :organizationId AND v.model = :model AND "
                                + reader.where()
                                + " ORDER BY " + MEANING + " <=> CAST(:question AS halfvec) LIMIT :most",
                        values),
                found);
    }

    /** Gives all passages that a reader may read. Within a transaction, some at a time. */
    void readable(Transaction transaction, Reader reader, BiConsumer<UUID, MeaningVector> found) {
        each(
                transaction
                        .query(
                                "SELECT v.chunk_id, v.vector FROM knowledge e"
                                        + " JOIN knowledge_chunk c ON c.knowledge_id = e.id"
                                        + " JOIN knowledge_vector v ON v.chunk_id = c.id"
                                        + " WHERE v.model = :model AND " + reader.where(),
                                values(reader))
                        .setFetchSize(VectorStore.FETCHED),
                found);
    }

    private static void each(Query query, BiConsumer<UUID, MeaningVector> found) {
        VectorStore.vectors(query).forEach(row -> found.accept(row.getKey(), row.getValue()));
    }

    private static Map<String, Object> values(Reader reader) {
        Map<String, Object> values = new HashMap<>(reader.whereValues());
        values.put("model", TextModel.NUMBER);
        return values;
    }

    private static String text(MeaningVector vector) {
        StringBuilder text = new StringBuilder("[");
        for (byte number : vector.numbers()) {
            text.append(text.length() == 1 ? "" : ",").append(number);
        }
        return text.append(']').toString();
    }
}

package ai.kubiya.server.knowledge.search;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.knowledge.Reader;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;

/** SQL of words: which there are, which passages have them, how much they say. */
final class FullTextStore {
    private static final int MOST_SIMILAR = 20;
    /** A question of common words only is not ranked over all that it finds. */
    private static final int MOST_RANKED = 20_000;

    private static final String WEIGHTS = "'{0.4, 0.5, 0.7, 1.0}'::real[]";

    /** A word as the index writes it, and how many passages have it; 0 = it is not known. */
    record Known(String word, long count) {}

    /** A passage with what is needed to show it. */
    record Row(UUID passage, FoundPassage.Of of, int position, String heading, String text, int start, int end) {}

    boolean hasTrigrams(Transaction transaction) {
        return transaction
                .query("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')")
                .mapTo(Boolean.class)
                .one();
    }

    long passages(Transaction transaction, UUID organizationId) {
        return transaction
                .query("SELECT chunks FROM knowledge_index WHERE organization_id = :organizationId")
                .bind("organizationId", organizationId)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    List<Known> known(Transaction transaction, UUID organizationId, String text) {
        return transaction
                .query("""
                        SELECT asked.word, coalesce(w.chunks, 0) AS chunks
                        FROM unnest(tsvector_to_array(to_tsvector('english', :text))) AS asked (word)
                        LEFT JOIN knowledge_word w ON w.organization_id = :organizationId AND w.word = asked.word
                        """)
                .bind("organizationId", organizationId)
                .bind("text", text)
                .map((row, context) -> new Known(row.getString("word"), row.getLong("chunks")))
                .list();
    }

    List<Term.Form> similar(Transaction transaction, UUID organizationId, String word) {
        return transaction
                .query("""
                        SELECT word, chunks, similarity(word, :word) AS similarity FROM knowledge_word
                        WHERE organization_id = :organizationId AND word % :word
                        ORDER BY similarity(word, :word) DESC, chunks DESC, word LIMIT :most
                        """)
                .bind("organizationId", organizationId)
                .bind("word", word)
                .bind("most", MOST_SIMILAR)
                .map((row, context) ->
                        new Term.Form(row.getString("word"), row.getLong("chunks"), row.getDouble("similarity")))
                .list();
    }

    /**
     * The passages with the most of the words, the best first; their relevance is the share of the words that they have.
     *
     * @param terms all words of the question
     * @param needed one of which each passage has
     */
    List<Fusion.Candidate> ranked(Transaction transaction, Reader reader, List<Term> terms, String needed, int most) {
        Map<String, Object> values = new HashMap<>(reader.whereValues());
        values.put("needed", needed);
        values.put("most", most);
        values.put("mostRanked", MOST_RANKED);
        StringBuilder score = new StringBuilder("0");
        StringBuilder coverage = new StringBuilder("0");
        double all = 0;
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            StringBuilder best = new StringBuilder("0");
            for (int k = 0; k < term.forms().size(); k++) {
                Term.Form form = term.forms().get(k);
                String name = i + "_" + k;
                values.put("word" + name, form.query());
                values.put("weight" + name, term.weight() * form.similarity());
                score.append(" + :weight" + name + " * ts_rank(" + WEIGHTS + ", words, :word" + name + "::tsquery)");
                best.append(", CASE WHEN words @@ :word" + name + "::tsquery THEN :weight" + name + " ELSE 0 END");
            }
            coverage.append(" + greatest(" + best + ")");
            all += term.weight();
        }
        values.put("all", all);
        String sql =
                """
                WITH candidate AS MATERIALIZED (
                    SELECT c.id, c.knowledge_id, c.words
                    FROM knowledge_chunk c JOIN knowledge e ON e.id = c.knowledge_id
                    WHERE c.organization_id = :organizationId AND c.words @@ :needed::tsquery AND <where>
                    LIMIT :mostRanked
                ), best AS MATERIALIZED (
                    SELECT id, knowledge_id, words, <score> AS score FROM candidate ORDER BY score DESC, id LIMIT :most
                )
                SELECT id, knowledge_id, (<coverage>) / :all AS coverage FROM best ORDER BY score DESC, id
                """.replace("<where>", reader.where()).replace("<score>", score).replace("<coverage>", coverage);
        return transaction
                .query(sql, values)
                .map((row, context) -> new Fusion.Candidate(
                        row.getObject("id", UUID.class),
                        row.getObject("knowledge_id", UUID.class),
                        row.getDouble("coverage")))
                .list();
    }

    /** Of these passages, those of entries that a reader may read, with their entries. */
    Map<UUID, UUID> readable(Transaction transaction, Reader reader, Collection<UUID> passages) {
        return of("c.id, c.knowledge_id", transaction, reader, passages)
                .map((row, context) ->
                        Map.entry(row.getObject("id", UUID.class), row.getObject("knowledge_id", UUID.class)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    Map<UUID, Row> rows(Transaction transaction, Reader reader, Collection<UUID> passages) {
        String columns = """
                c.id, c.knowledge_id, c.position, c.heading, c.text, c.starts, c.ends, e.version, e.name""";
        return of(columns, transaction, reader, passages)
                .map((row, context) -> new Row(
                        row.getObject("id", UUID.class),
                        new FoundPassage.Of(
                                row.getObject("knowledge_id", UUID.class),
                                row.getInt("version"),
                                row.getString("name")),
                        row.getInt("position"),
                        row.getString("heading"),
                        row.getString("text"),
                        row.getInt("starts"),
                        row.getInt("ends")))
                .collect(Collectors.toMap(Row::passage, row -> row));
    }

    private static Query of(String columns, Transaction transaction, Reader reader, Collection<UUID> passages) {
        return transaction
                .query(
                        "SELECT " + columns + " FROM knowledge_chunk c JOIN knowledge e ON e.id = c.knowledge_id WHERE "
                                + reader.where() + " AND c.id = ANY (:passages)",
                        reader.whereValues())
                .bind("passages", passages.toArray(UUID[]::new));
    }

    /** Of these words, those that the question asks for in any form. */
    Set<String> matching(Transaction transaction, Collection<String> words, String query) {
        return transaction
                .query("SELECT word FROM unnest(:words) AS word"
                        + " WHERE to_tsvector('english', word) @@ :query::tsquery")
                .bind("words", words.toArray(String[]::new))
                .bind("query", query)
                .mapTo(String.class)
                .set();
    }
}

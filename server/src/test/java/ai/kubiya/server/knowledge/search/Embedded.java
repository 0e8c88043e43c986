package ai.kubiya.server.knowledge.search;

import ai.kubiya.server.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What is made in the background: waits for it, and makes more of it. */
final class Embedded {
    private Embedded() {}

    /** Until every passage in the database has its vector. */
    static void await(TestServer server) throws InterruptedException {
        await(server, "SELECT count(*) = 0 FROM knowledge_unembedded");
    }

    static void await(TestServer server, String condition) throws InterruptedException {
        for (int i = 0; i < 6000; i++) {
            if (server.stored(condition).equals(java.util.List.of("t"))) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("it does not come to: " + condition);
    }

    /** Copies passages with their vectors, as many times as it takes to have many. */
    static void copy(TestServer server, String textLike, int times) throws SQLException {
        String copies = """
                WITH passage AS (
                    INSERT INTO knowledge_chunk (id, organization_id, knowledge_id, position, heading, text, starts, ends,
                                                 hash, words)
                    SELECT gen_random_uuid(), c.organization_id, c.knowledge_id, n, '', 'x', 0, 0, '', ''
                    FROM knowledge_chunk c, generate_series(1, %d) n WHERE c.text LIKE '%s'
                    RETURNING id, organization_id, knowledge_id
                )
                INSERT INTO knowledge_vector (chunk_id, organization_id, knowledge_id, model, revision, vector)
                SELECT p.id, p.organization_id, p.knowledge_id, 1, 1, v.vector
                FROM passage p JOIN knowledge_vector v ON v.knowledge_id = p.knowledge_id
                """.formatted(times, textLike);
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            int copied = statement.executeUpdate(copies);
            statement.execute("UPDATE knowledge_index SET revision = revision + 1, chunks = chunks + " + copied);
        }
    }
}

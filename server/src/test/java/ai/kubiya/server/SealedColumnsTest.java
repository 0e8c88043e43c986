package ai.kubiya.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A change of the master key reaches everything that is sealed, also what is added later. */
@ServerTest
class SealedColumnsTest {
    /** Columns of bytes that are not sealed, each with its reason. */
    private static final Set<String> NOT_SEALED = Set.of(
            "api_key.hash: a hash of 256 random bits",
            "webhook.token_hash: a hash of 256 random bits",
            "web_session.hash: a hash of 256 random bits",
            "runner_token.hash: a hash of 160 random bits",
            "runner_token.seed_hash: a hash of the same bits",
            "knowledge_chunk.hash: a hash of the passage beside it",
            "knowledge_vector.vector: what the passage means, which is beside it in words",
            "project_state_piece.data: encrypted with the key in project_state_content, which is sealed");

    private static Set<String> columnsOfBytes(TestServer server, String condition) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT table_name || '.' || column_name FROM information_schema.columns
                        WHERE table_schema = 'public' AND data_type = 'bytea' AND %s
                        """.formatted(condition))) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        return new TreeSet<>(columns);
    }

    private static String name(String withReason) {
        return withReason.substring(0, withReason.indexOf(':'));
    }

    @Test
    void knowsEveryColumnOfBytes(TestServer server) throws SQLException {
        Set<String> known = Foundation.sealedColumns().stream()
                .map(column -> column.table() + "." + column.column())
                .collect(Collectors.toCollection(TreeSet::new));
        NOT_SEALED.forEach(column -> known.add(name(column)));

        assertThat(columnsOfBytes(server, "true")).isEqualTo(known);
    }

    @Test
    void clearsOnlyWhatMayBeNull(TestServer server) throws SQLException {
        Set<String> nullable = columnsOfBytes(server, "is_nullable = 'YES'");

        assertThat(Foundation.sealedColumns().stream()
                        .filter(column -> column.loss() == ai.kubiya.server.crypto.SealedColumn.Loss.CLEAR)
                        .map(column -> column.table() + "." + column.column()))
                .isNotEmpty()
                .allMatch(nullable::contains);
    }
}

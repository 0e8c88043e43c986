package ai.kubiya.server.testing;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.DatabaseAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of a test's own: a copy of a migrated one, in the one PostgreSQL that all tests of this process share.
 *
 * @param port of that PostgreSQL
 * @param name in that PostgreSQL
 */
record TestDatabase(int port, String name) implements AutoCloseable {
    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger COPIES = new AtomicInteger();

    /** Started by the first test that needs it; stopped with the process. */
    private static final class Embedded {
        static final int PORT = withTemplate(start());

        private static int start() {
            try {
                return EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .setServerConfig("max_connections", "400")
                        .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                        .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .getPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The same with pgvector. */
    private static final class WithPgvector {
        static final int PORT = withTemplate(PgvectorPostgres.start());
    }

    private static int withTemplate(int port) {
        execute(port, "CREATE DATABASE " + TEMPLATE);
        try (Database database = new Database(DatabaseAddress.of(url(port, TEMPLATE)), 2)) {
            database.migrate();
        }
        return port;
    }

    static TestDatabase create() {
        return create(Embedded.PORT);
    }

    /** In a PostgreSQL that has the extension pgvector; the database does not, yet. */
    static TestDatabase createWithPgvector() {
        return create(WithPgvector.PORT);
    }

    private static TestDatabase create(int port) {
        String name = "test_" + COPIES.incrementAndGet();
        execute(port, "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE + " STRATEGY file_copy");
        return new TestDatabase(port, name);
    }

    /** In the form of the setting KUBIYA_DATABASE_URL. */
    String url() {
        return url(port, name);
    }

    Connection connect() throws SQLException {
        return connect(port, name);
    }

    /** A database in which nothing has been migrated yet. */
    static TestDatabase createEmpty() {
        String name = "test_" + COPIES.incrementAndGet();
        execute(Embedded.PORT, "CREATE DATABASE " + name);
        return new TestDatabase(Embedded.PORT, name);
    }

    /** Ends the connections that listen for other servers, and lets no new connections in. */
    void cutListeners() {
        execute(port, "ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS false");
        execute(
                port,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name
                        + "' AND application_name = 'kubiya listener'");
    }

    /** Lets connections in again. */
    void mend() {
        execute(port, "ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS true");
    }

    /** One column of what a query finds, as text; for what no answer shows. */
    List<String> column(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(String.valueOf(rows.getString(1)));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends all connections and lets no new ones in. */
    void cut() {
        execute(port, "ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS false");
        execute(port, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    @Override
    public void close() {
        execute(port, "DROP DATABASE " + name + " WITH (FORCE)");
    }

    private static String url(int port, String database) {
        return "postgresql://postgres@127.0.0.1:" + port + "/" + database;
    }

    private static Connection connect(int port, String database) throws SQLException {
        return DriverManager.getConnection("jdbc:" + url(port, database).replace("postgres@", ""), "postgres", "");
    }

    private static void execute(int port, String sql) {
        try (Connection connection = connect(port, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

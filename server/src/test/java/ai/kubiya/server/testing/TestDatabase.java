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
 * @param name in that PostgreSQL
 */
record TestDatabase(String name) implements AutoCloseable {
    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger COPIES = new AtomicInteger();

    /** Started by the first test that needs it; stopped with the process. */
    private static final class Shared {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .setServerConfig("max_connections", "400")
                        .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                        .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                        .start();
                execute(postgres, "CREATE DATABASE " + TEMPLATE);
                DatabaseAddress template = DatabaseAddress.of(url(postgres, TEMPLATE));
                try (Database database = new Database(template, 2)) {
                    database.migrate();
                }
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static TestDatabase create() {
        String name = "test_" + COPIES.incrementAndGet();
        execute(Shared.POSTGRES, "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE + " STRATEGY file_copy");
        return new TestDatabase(name);
    }

    /** In the form of the setting KUBIYA_DATABASE_URL. */
    String url() {
        return url(Shared.POSTGRES, name);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:" + url().replace("postgres@", ""), "postgres", "");
    }

    /** A database in which nothing has been migrated yet. */
    static TestDatabase createEmpty() {
        String name = "test_" + COPIES.incrementAndGet();
        execute(Shared.POSTGRES, "CREATE DATABASE " + name);
        return new TestDatabase(name);
    }

    /** Ends the connections that listen for other servers, and lets no new connections in. */
    void cutListeners() {
        execute(Shared.POSTGRES, "ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS false");
        execute(
                Shared.POSTGRES,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name
                        + "' AND application_name = 'kubiya listener'");
    }

    /** Lets connections in again. */
    void mend() {
        execute(Shared.POSTGRES, "ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS true");
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
        execute(Shared.POSTGRES, "ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS false");
        execute(
                Shared.POSTGRES,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    @Override
    public void close() {
        execute(Shared.POSTGRES, "DROP DATABASE " + name + " WITH (FORCE)");
    }

    private static String url(EmbeddedPostgres postgres, String database) {
        return "postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/" + database;
    }

    private static void execute(EmbeddedPostgres postgres, String sql) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

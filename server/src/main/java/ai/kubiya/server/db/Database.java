package ai.kubiya.server.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** The connection pool, the migrations and the way into a transaction. */
public final class Database implements AutoCloseable {
    private static final int ANSWER_SECONDS = 5;

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final DatabaseAddress address;
    private final ListMemory lists = new ListMemory();

    public Database(DatabaseAddress address, int connections) {
        this.address = address;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
        config.setPoolName("database");
        // Statements are prepared once per connection instead of once per call.
        config.addDataSourceProperty("prepareThreshold", "3");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("ApplicationName", "kubiya");
        // Failures end up in the log, where the rows of users have no place.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        this.pool = new HikariDataSource(config);
        this.jdbi = configured(Jdbi.create(pool));
    }

    private static Jdbi configured(Jdbi jdbi) {
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(Database::withoutValues);
        return jdbi.installPlugin(new PostgresPlugin());
    }

    private static String withoutValues(StatementException failure) {
        StatementContext context = failure.getStatementContext();
        return failure.getShortMessage() + " in " + (context == null ? "a statement" : context.getRawSql());
    }

    /** Brings the schema up to date; several servers starting at once take turns. */
    public Database migrate() {
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration")
                .table("schema_history")
                .load()
                .migrate();
        return this;
    }

    public DatabaseAddress address() {
        return address;
    }

    /** For libraries that speak JDBC by themselves. */
    public DataSource pool() {
        return pool;
    }

    public <T extends @Nullable Object> T inTransaction(Function<Transaction, T> work) {
        return jdbi.inTransaction(handle -> work.apply(new Transaction(handle, lists)));
    }

    public void useTransaction(Consumer<Transaction> work) {
        jdbi.useTransaction(handle -> work.accept(new Transaction(handle, lists)));
    }

    /** Single statements, each committed by itself. */
    public <T extends @Nullable Object> T read(Function<Transaction, T> work) {
        return jdbi.withHandle(handle -> work.apply(new Transaction(handle, lists)));
    }

    /** As {@link #read} on a connection of its own, for what takes long or what a shared one must not remember. */
    public <T extends @Nullable Object> T alone(Function<Transaction, T> work) {
        return configured(Jdbi.create(this::connect)).withHandle(handle -> work.apply(new Transaction(handle, lists)));
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }

    /**
     * Listens on a channel until told to stop, on a connection of its own.
     *
     * @param connected called when listening begins: what was sent before is not heard
     * @param stop asked every second or so, as long as the connection answers
     * @throws RuntimeException when the connection breaks, or dies without a word
     */
    public void listen(String channel, Consumer<List<String>> heard, Runnable connected, BooleanSupplier stop) {
        try (Connection connection = connect()) {
            try (Statement statement = connection.createStatement()) {
                // So that it can be told from the others in pg_stat_activity.
                statement.execute("SET application_name = 'kubiya listener'");
                statement.execute("LISTEN " + channel);
            }
            connected.run();
            PGConnection postgres = connection.unwrap(PGConnection.class);
            while (!stop.getAsBoolean()) {
                PGNotification[] got = postgres.getNotifications(1000);
                if (got != null && got.length > 0) {
                    heard.accept(
                            Arrays.stream(got).map(PGNotification::getParameter).toList());
                } else if (!connection.isValid(ANSWER_SECONDS)) {
                    throw new IllegalStateException("the connection that listens to the database does not answer");
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("listening on the database failed", e);
        }
    }

    /** Whether the database answers. */
    public boolean isUp() {
        try {
            return read(transaction ->
                            transaction.query("SELECT 1").mapTo(Integer.class).one())
                    == 1;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}

package ai.kubiya.server.testing;

import ai.kubiya.server.Server;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.config.Settings;
import ai.kubiya.server.config.SettingsReader;
import ai.kubiya.server.http.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The whole server on a free port, with a database and a data directory of its own. Tests talk to it over HTTP, through
 * the {@link ApiClient}s that it hands out.
 *
 * <pre>{@code
 * try (TestServer server = TestServer.builder().withSetting("KUBIYA_ALLOW_FILE_SOURCES", "true").start()) {
 *     assertThat(server.client().get("/v1/agents")).hasStatus(200);
 * }
 * }</pre>
 *
 * <p>Most tests need no server of their own: see {@link ServerTest}.
 */
public final class TestServer implements AutoCloseable {
    /** Tests ask more than people do. */
    public static final Map<String, String> NO_LIMITS = Map.of(
            "KUBIYA_RATE_LIMIT_PER_MINUTE", "0",
            "KUBIYA_RATE_LIMIT_PER_DAY", "0",
            "KUBIYA_KEY_GUESSES_PER_MINUTE", "0");

    private final Path folder;
    private final TestDatabase database;
    private final boolean ownsDatabase;
    private final Map<String, String> environment;
    private final Clock clock;
    private Server server;
    private final String firstKey;

    private TestServer(
            Path folder,
            TestDatabase database,
            Map<String, String> environment,
            Clock clock,
            @Nullable TestServer ownerOfDatabase) {
        this.folder = folder;
        this.database = database;
        this.environment = environment;
        this.clock = clock;
        this.server = start(environment, clock);
        this.ownsDatabase = ownerOfDatabase == null;
        this.firstKey = ownerOfDatabase == null ? server.firstKey().orElseThrow() : ownerOfDatabase.firstKey;
    }

    /** Another server on the same database, with a data directory of its own. It is to be closed first. */
    public TestServer replica() {
        return builder().withClock(clock).startBeside(this);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What a test may choose. */
    public static final class Builder {
        private final Map<String, String> settings = new HashMap<>();
        private Clock clock = Clock.systemUTC();
        private boolean pgvector;

        /** A variable of the server's environment. */
        public Builder withSetting(String variable, String value) {
            settings.put(variable, value);
            return this;
        }

        public Builder withClock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** Its database is in a PostgreSQL that has the extension pgvector. */
        public Builder withPgvector() {
            pgvector = true;
            return this;
        }

        /** A second server on the database of another one, which has to be closed last. */
        public TestServer startBeside(TestServer other) {
            Path folder = Folders.make("kubiya-test-");
            Map<String, String> environment = new HashMap<>(other.environment);
            environment.put("HOME", folder.toString());
            environment.put("KUBIYA_DATA", folder.resolve("data").toString());
            environment.put("KUBIYA_MASTER_KEY", other.masterKey());
            environment.putAll(settings);
            return new TestServer(folder, other.database, environment, clock, other);
        }

        public TestServer start() {
            Path folder = Folders.make("kubiya-test-");
            TestDatabase database = pgvector ? TestDatabase.createWithPgvector() : TestDatabase.create();
            try {
                Map<String, String> environment = new HashMap<>();
                environment.put("HOME", folder.toString());
                environment.put("KUBIYA_PORT", "0");
                environment.put("KUBIYA_DATA", folder.resolve("data").toString());
                environment.put("KUBIYA_DATABASE_URL", database.url());
                environment.put("KUBIYA_EXECUTOR", "sandbox");
                environment.putAll(NO_LIMITS);
                environment.putAll(settings);
                return new TestServer(folder, database, environment, clock, null);
            } catch (RuntimeException e) {
                database.close();
                Folders.delete(folder);
                throw e;
            }
        }
    }

    private static Server start(Map<String, String> environment, Clock clock) {
        try {
            Settings settings = new SettingsReader(environment).read(List.of());
            return new Server(settings, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server and starts it again on the same database and data directory. */
    public void restart() {
        server.close();
        server = start(environment, clock);
    }

    /** What the next start finds in its environment; null takes the variable away. */
    public void set(String variable, @Nullable String value) {
        if (value == null) {
            environment.remove(variable);
        } else {
            environment.put(variable, value);
        }
    }

    /** Stops the server only; {@link #restart} brings it back. */
    public void stop() {
        server.close();
    }

    /** The database goes away under the running server, for good. */
    public void cutDatabase() {
        database.cut();
    }

    /** The connections on which servers hear of each other's changes go away; others stay, but no new ones can be made. */
    public void cutListeners() {
        database.cutListeners();
    }

    /** Connections can be made again. */
    public void mendDatabase() {
        database.mend();
    }

    /** One column of what a query finds, as text; for what no answer shows. */
    public List<String> stored(String sql) {
        return database.column(sql);
    }

    /** The admin key that the first start made. */
    public String firstKey() {
        return firstKey;
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    public int port() {
        return server.port();
    }

    public Router router() {
        return server.router();
    }

    /** What the server was started with; a child process takes it over. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** In the form of the setting KUBIYA_DATABASE_URL. */
    public String databaseUrl() {
        return database.url();
    }

    /** A connection of the test's own, to look behind the API. */
    public Connection connect() throws SQLException {
        return database.connect();
    }

    /** Every row of every table, as text. */
    public String dump() {
        StringBuilder dump = new StringBuilder();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String table : texts(statement, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
                texts(statement, "SELECT t::text FROM " + table + " t")
                        .forEach(row ->
                                dump.append(table).append(' ').append(row).append('\n'));
            }
            return dump.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> texts(Statement statement, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** The first administrator at another server on the same database. */
    public ApiClient clientAt(int otherPort) {
        return new ApiClient("http://127.0.0.1:" + otherPort, firstKey);
    }

    /** The key that servers of one database share; the first of them made it, unless a test did. */
    String masterKey() {
        try {
            String set = environment.get("KUBIYA_MASTER_KEY");
            return set != null
                    ? set
                    : Files.readAllLines(folder.resolve("data/master-key")).getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds the data directory. */
    public Path folder() {
        return folder;
    }

    /** Sends no key. */
    public ApiClient anonymous() {
        return new ApiClient(url(), null);
    }

    public ApiClient withKey(@Nullable String key) {
        return new ApiClient(url(), key);
    }

    /** The administrator of the organisation that the first start made. */
    public ApiClient client() {
        return withKey(firstKey);
    }

    /** The administrator of an organisation that nobody else has seen: what a list shows is what the test made. */
    public ApiClient newOrganization() {
        return newOrganization(Scope.ADMIN);
    }

    /** The only key of an organisation that nobody else has seen. */
    public ApiClient newOrganization(Scope... scopes) {
        return withKey(TestKeys.ofNewOrganization(database, List.of(scopes)));
    }

    /** Gives a key limits of its own; null = the setting, 0 = none. Before it is used for the first time. */
    public void limit(ApiClient client, @Nullable Integer perMinute, @Nullable Integer perDay) {
        TestKeys.limit(database, client.key(), perMinute, perDay);
    }

    /** Another key of the same user that may do only this; nothing at all when no scope is given. */
    public ApiClient withScopes(ApiClient client, Scope... scopes) {
        return withKey(TestKeys.ofUser(database, client.userId(), List.of(scopes)));
    }

    /** A key of another user in an administrator's organisation. */
    public ApiClient colleague(ApiClient admin, String email, List<String> groups, Scope... scopes) {
        String quoted = groups.stream().map(group -> '"' + group + '"').collect(Collectors.joining(", "));
        String user = admin.create("/v1/users", "{\"email\": \"%s\", \"groups\": [%s]}".formatted(email, quoted));
        String may =
                Arrays.stream(scopes).map(scope -> '"' + scope.wireName() + '"').collect(Collectors.joining(", "));
        return withKey(admin.post(
                        "/v1/auth/keys",
                        "{\"name\": \"key\", \"user_id\": \"%s\", \"scopes\": [%s]}".formatted(user, may))
                .text("/key"));
    }

    @Override
    public void close() {
        server.close();
        if (ownsDatabase) {
            database.close();
        }
        Folders.delete(folder);
    }
}

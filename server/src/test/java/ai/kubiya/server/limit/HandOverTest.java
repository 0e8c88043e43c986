package ai.kubiya.server.limit;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerProcess;
import ai.kubiya.server.testing.SettableClock;
import ai.kubiya.server.testing.TestServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Where requests are counted while servers come, go and start again: no count is lost, none is doubled. */
class HandOverTest {
    private static final String ONLY_A_DAY = "0";

    private static TestServer.Builder server(int perDay) {
        return TestServer.builder()
                .withClock(atNoon())
                .withSetting("KUBIYA_RATE_LIMIT_PER_MINUTE", ONLY_A_DAY)
                .withSetting("KUBIYA_RATE_LIMIT_PER_DAY", Integer.toString(perDay));
    }

    /** Far from the end of a day. */
    private static SettableClock atNoon() {
        SettableClock clock = new SettableClock();
        clock.advance(untilNoon());
        return clock;
    }

    private static Duration untilNoon() {
        long now = new SettableClock().instant().getEpochSecond();
        return Duration.ofSeconds(Window.DAY.startAt(now) + Window.DAY.seconds() + 43_200 - now);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 2_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static boolean countsInMemory(TestServer server) {
        return server.anonymous().get("/metrics").body().contains("\nkubiya_limits_memory 1.0");
    }

    private static Answer ask(ApiClient client) {
        return client.get("/v1/auth/me");
    }

    private static Connection connect(TestServer server) throws SQLException {
        return DriverManager.getConnection("jdbc:" + server.databaseUrl().replace("postgres@", ""), "postgres", "");
    }

    /** What the database knows of all keys' day. */
    private static int stored(TestServer server) {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(sum(day_count), 0) FROM request_count")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks whatever servers there are, until it is told to stop. */
    private static final class Clients implements AutoCloseable {
        private final List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean stopped;

        void add(int count, Supplier<Answer> request) {
            for (int i = 0; i < count; i++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    while (!stopped) {
                        answers.add(request.get());
                        pause();
                    }
                }));
            }
        }

        private static void pause() {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        List<Answer> stop() throws InterruptedException {
            stopped = true;
            for (Thread thread : threads) {
                thread.join();
            }
            return List.copyOf(answers);
        }

        @Override
        public void close() {
            stopped = true;
        }
    }

    @Test
    void losesNoCountWhileAServerComesAndGoes() throws InterruptedException {
        int perDay = 40_000;
        try (TestServer first = server(perDay).start();
                Clients forFirst = new Clients();
                Clients forSecond = new Clients()) {
            ApiClient key = first.newOrganization();
            first.limit(key, null, perDay);
            assertThat(countsInMemory(first)).isTrue();
            forFirst.add(8, () -> ask(key));
            await(() -> forFirst.answers.size() > 300);

            List<Answer> answers = new ArrayList<>();
            try (TestServer second = server(perDay).startBeside(first)) {
                assertThat(countsInMemory(first)).isFalse();
                assertThat(countsInMemory(second)).isFalse();
                ApiClient there = second.withKey(key.key());
                forSecond.add(8, () -> ask(there));
                int before = forFirst.answers.size();
                await(() -> forFirst.answers.size() > before + 300 && forSecond.answers.size() > 300);
                answers.addAll(forSecond.stop());
            }
            await(() -> countsInMemory(first));
            int before = forFirst.answers.size();
            await(() -> forFirst.answers.size() > before + 300);
            answers.addAll(forFirst.stop());

            assertThat(answers).allMatch(answer -> answer.status() == 200);
            // Every number of what is left was told once: nothing was lost and nothing was counted twice.
            assertThat(answers)
                    .extracting(answer -> perDay
                            - Integer.parseInt(
                                    answer.header("X-RateLimit-Remaining").orElseThrow()))
                    .doesNotHaveDuplicates()
                    .allMatch(used -> used >= 1 && used <= answers.size());
            await(() -> stored(first) == answers.size());
        }
    }

    @Test
    void asksTheDatabaseForNoRequestWhileItIsAlone() throws SQLException {
        try (TestServer server = server(100).start()) {
            ApiClient key = server.newOrganization();
            assertThat(ask(key)).hasStatus(200);
            try (Connection connection = connect(server);
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE request_count IN ACCESS EXCLUSIVE MODE");
                for (int i = 0; i < 20; i++) {
                    assertThat(ask(key)).hasStatus(200).hasHeader("X-RateLimit-Remaining", Integer.toString(98 - i));
                }
                connection.rollback();
            }
        }
    }

    @Test
    void remembersTheDayOverARestart() {
        try (TestServer server = server(30).start()) {
            ApiClient key = server.newOrganization();
            for (int i = 0; i < 10; i++) {
                assertThat(ask(key)).hasStatus(200);
            }

            server.restart();

            assertThat(ask(server.withKey(key.key()))).hasStatus(200).hasHeader("X-RateLimit-Remaining", "19");
        }
    }

    @Test
    void remembersTheDayInTheEmbeddedDatabaseToo() {
        try (TestServer server =
                server(30).withSetting("KUBIYA_DATABASE_URL", "").start()) {
            for (int i = 0; i < 10; i++) {
                assertThat(ask(server.client())).hasStatus(200);
            }
            assertThat(countsInMemory(server)).isTrue();

            server.restart();

            assertThat(ask(server.client())).hasStatus(200).hasHeader("X-RateLimit-Remaining", "19");
            assertThat(countsInMemory(server)).isTrue();
        }
    }

    @Test
    void takesOverFromAServerThatWasKilled() throws InterruptedException {
        try (TestServer database = server(30).start()) {
            ApiClient key = database.newOrganization();
            database.stop();
            try (ServerProcess first = ServerProcess.beside(database, "first")) {
                first.advance(untilNoon());
                for (int i = 0; i < 10; i++) {
                    assertThat(ask(first.as(key))).hasStatus(200);
                }
                await(() -> stored(database) == 10);
                first.kill();
            }
            // The one that was killed had counted by itself; the next one waits until it is surely dead.
            try (ServerProcess second = ServerProcess.beside(database, "second")) {
                second.advance(untilNoon());
                assertThat(ask(second.as(key))).hasStatus(200).hasHeader("X-RateLimit-Remaining", "19");
            }
        }
    }
}

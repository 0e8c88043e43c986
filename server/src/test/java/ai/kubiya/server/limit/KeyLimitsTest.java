package ai.kubiya.server.limit;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.KeyLimits;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.DatabaseAddress;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.SettableClock;
import ai.kubiya.server.testing.TestServer;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of limits, on one server. */
class KeyLimitsTest {
    private static final SettableClock CLOCK = new SettableClock();
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.builder()
                .withClock(CLOCK)
                .withSetting("KUBIYA_RATE_LIMIT_PER_MINUTE", "10")
                .withSetting("KUBIYA_RATE_LIMIT_PER_DAY", "15")
                .withSetting("KUBIYA_RATE_LIMIT_BURST", "5")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** At the begin of a minute in the middle of a day, which is also the begin of ten seconds. */
    @BeforeEach
    void beginAtNoon() {
        long now = CLOCK.instant().getEpochSecond();
        CLOCK.advance(Duration.ofSeconds(Window.DAY.startAt(now) + Window.DAY.seconds() + 43_200 - now));
    }

    private static Answer ask(ApiClient client) {
        return client.get("/v1/auth/me");
    }

    @Test
    void limitTheBurstToo() {
        ApiClient key = server.newOrganization();
        for (int i = 0; i < 5; i++) {
            assertThat(ask(key))
                    .hasStatus(200)
                    .hasHeader("X-RateLimit-Burst-Limit", "5")
                    .hasHeader("X-RateLimit-Burst-Remaining", Integer.toString(4 - i))
                    .hasHeader("X-RateLimit-Limit", "10")
                    .hasHeader("X-RateLimit-Remaining", Integer.toString(9 - i))
                    .hasHeader("RateLimit-Policy", "\"burst\";q=5;w=10, \"minute\";q=10;w=60, \"day\";q=15;w=86400");
        }
        Answer refused = ask(key);
        assertThat(refused)
                .hasStatus(429)
                .saysWhy("5 requests", "10 seconds")
                .hasHeader("X-RateLimit-Burst-Remaining", "0")
                .hasHeader("X-RateLimit-Remaining", "5");
        assertThat(Integer.parseInt(refused.header("Retry-After").orElseThrow()))
                .isBetween(1, 10);

        CLOCK.advance(Duration.ofSeconds(10));

        assertThat(ask(key))
                .hasStatus(200)
                .hasHeader("X-RateLimit-Burst-Remaining", "4")
                .hasHeader("X-RateLimit-Remaining", "4");
    }

    @Test
    void showTheWindowThatAClientMeetsFirst() {
        ApiClient key = server.newOrganization();
        for (int i = 0; i < 10; i++) {
            if (i == 5) {
                CLOCK.advance(Duration.ofSeconds(10));
            }
            assertThat(ask(key)).hasStatus(200).hasHeader("X-RateLimit-Limit", "10");
        }
        CLOCK.advance(Duration.ofSeconds(10));
        assertThat(ask(key)).hasStatus(429).hasHeader("X-RateLimit-Limit", "10");

        CLOCK.advance(Duration.ofMinutes(1));

        for (int i = 0; i < 5; i++) {
            assertThat(ask(key))
                    .hasStatus(200)
                    .hasHeader("X-RateLimit-Limit", "15")
                    .hasHeader("X-RateLimit-Remaining", Integer.toString(4 - i));
        }
        // The burst's window and the day are full: the day is what counts.
        Answer refused = ask(key);
        assertThat(refused).hasStatus(429).hasHeader("X-RateLimit-Limit", "15").saysWhy("15 requests", "day");
        assertThat(refused.header("RateLimit").orElseThrow()).startsWith("\"day\";r=0;t=");
        assertThat(Integer.parseInt(refused.header("Retry-After").orElseThrow()))
                .isGreaterThan(3_600);
    }

    @Test
    void comeWithStreamsAndWithEverySurface() {
        ApiClient key = server.newOrganization();

        try (EventReader stream = key.stream("POST", "/v1/tools/exec", """
                {"tool_def": {"type": "script", "content": "echo hi"}}
                """)) {
            assertThat(stream.header("X-RateLimit-Remaining")).contains("9");
            assertThat(stream.rest()).isNotEmpty();
        }
        assertThat(key.get("/api/v1/agents")).hasStatus(200).hasHeader("X-RateLimit-Remaining", "8");
        assertThat(key.get("/healthz")).hasStatus(200).hasNoHeader("X-RateLimit-Remaining");
        assertThat(server.anonymous().get("/v1/agents")).hasStatus(401).hasNoHeader("X-RateLimit-Remaining");
    }

    @ParameterizedTest
    @CsvSource({"3, 0, 3", "0, 4, 4", "0, 0, ", ", 2, 2", "2, , 2"})
    void mayBeAKeysOwn(Integer perMinute, Integer perDay, Integer limit) throws Exception {
        try (Direct direct = new Direct(server, new LimitSettings(10, 15, 0, 0), false)) {
            Caller caller = direct.caller(new KeyLimits(perMinute, perDay));
            for (int i = 0; limit != null && i < limit; i++) {
                assertThat(direct.limits.admit(caller))
                        .containsEntry("X-RateLimit-Limit", Integer.toString(limit))
                        .containsEntry("X-RateLimit-Remaining", Integer.toString(limit - 1 - i));
            }
            if (limit == null) {
                assertThat(direct.limits.admit(caller)).isEmpty();
            } else {
                assertThatExceptionOfType(ApiException.class).isThrownBy(() -> direct.limits.admit(caller));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mayChangeAtAnyTime(boolean shared) throws Exception {
        try (Direct direct = new Direct(server, new LimitSettings(3, 0, 0, 0), shared);
                Direct other = shared ? new Direct(server, new LimitSettings(3, 0, 0, 0), true) : direct) {
            assertThat(direct.limits.inMemory() == 1).isNotEqualTo(shared);
            UUID key = UUID.randomUUID();
            Caller asSet = direct.caller(key, KeyLimits.AS_SET);
            for (int i = 0; i < 3; i++) {
                assertThat(direct.limits.admit(asSet)).isNotEmpty();
            }
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(ApiException.class).isThrownBy(() -> direct.limits.admit(asSet));
            }

            Caller raised = direct.caller(key, new KeyLimits(5, null));
            assertThat(direct.limits.admit(raised)).containsEntry("X-RateLimit-Remaining", "1");
            Caller lowered = direct.caller(key, new KeyLimits(2, null));
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> direct.limits.admit(lowered))
                    .satisfies(refused -> assertThat(refused.headers())
                            .containsEntry("X-RateLimit-Limit", "2")
                            .containsEntry("X-RateLimit-Remaining", "0"));
            assertThat(other.limits.admit(raised)).containsEntry("X-RateLimit-Remaining", "0");
        }
    }

    @Test
    void admitNobodyWhenTheSharedCountIsOutOfReach() throws Exception {
        try (TestServer other = TestServer.builder().start();
                Direct direct = new Direct(other, new LimitSettings(10, 15, 0, 0), true)) {
            Caller caller = direct.caller(KeyLimits.AS_SET);
            assertThat(direct.limits.inMemory()).isZero();
            assertThat(direct.limits.admit(caller)).containsEntry("X-RateLimit-Remaining", "9");

            other.cutDatabase();

            assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> direct.limits.admit(caller));
        }
    }

    /** Limits without a server around them, on the database of one. */
    private static final class Direct implements AutoCloseable {
        private final Database database;
        private final RequestLimits limits;

        /** The server is there too, so that these count in the database unless they are told that nobody shares it. */
        Direct(TestServer server, LimitSettings settings, boolean shared) {
            database = new Database(DatabaseAddress.of(server.databaseUrl()), 4);
            limits = new RequestLimits(database, settings, "node-" + UUID.randomUUID(), shared, _ -> {}, CLOCK);
        }

        Caller caller(KeyLimits own) {
            return caller(UUID.randomUUID(), own);
        }

        Caller caller(UUID key, KeyLimits own) {
            return new Caller(
                    UUID.randomUUID(),
                    "org",
                    UUID.randomUUID(),
                    "x@org",
                    key,
                    "key",
                    Set.of(),
                    Set.of(),
                    own,
                    new Origin("req", ""));
        }

        @Override
        public void close() {
            limits.close();
            database.close();
        }
    }
}

package ai.kubiya.server.limit;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerProcess;
import ai.kubiya.server.testing.SettableClock;
import ai.kubiya.server.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two server processes on one database share one count. Every test has a key of its own. */
class TwoServersTest {
    private static final int THREADS = 16;

    private static TestServer database;
    private static ServerProcess one;
    private static ServerProcess two;
    /** What the clocks of both processes say. */
    private static SettableClock clock;

    private ApiClient key;

    @BeforeAll
    static void startBoth() {
        database = TestServer.builder()
                .withSetting("KUBIYA_RATE_LIMIT_PER_MINUTE", "100")
                .withSetting("KUBIYA_RATE_LIMIT_PER_DAY", "5000")
                .start();
        database.stop();
        one = ServerProcess.beside(database, "one");
        two = ServerProcess.beside(database, "two");
        clock = new SettableClock();
    }

    @AfterAll
    static void stopBoth() {
        one.close();
        two.close();
        database.close();
    }

    @BeforeEach
    void beginWithANewKeyEarlyInAMinute() {
        key = database.newOrganization();
        long now = clock.instant().getEpochSecond();
        if (Window.DAY.startAt(now) + Window.DAY.seconds() - now < 600) {
            advance(Duration.ofMinutes(11));
        } else if (now - Window.MINUTE.startAt(now) > 30) {
            advance(Duration.ofSeconds(40));
        }
    }

    private static void advance(Duration more) {
        clock.advance(more);
        one.advance(more);
        two.advance(more);
    }

    /** The two servers take turns. */
    private Answer get(int turn) {
        return (turn % 2 == 0 ? one : two).as(key).get("/v1/auth/me");
    }

    private static long remaining(Answer answer) {
        return Long.parseLong(answer.header("X-RateLimit-Remaining").orElseThrow());
    }

    @Test
    void admitExactlyAHundredInAMinute() {
        for (int i = 0; i < 100; i++) {
            assertThat(get(i)).hasStatus(200);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(get(i)).hasStatus(429);
        }
    }

    @Test
    void admitExactlyAHundredWhenAllAskAtOnce() throws InterruptedException {
        List<Answer> answers = Load.send(160, THREADS, this::get);

        Load.assertExactly(100, answers);
    }

    @Test
    void admitExactlyFiveThousandInADay() throws InterruptedException {
        database.limit(key, 0, null);

        List<Answer> answers = Load.send(5_100, THREADS, this::get);

        Load.assertExactly(5_000, answers);
        assertThat(get(0)).hasStatus(429).hasHeader("X-RateLimit-Limit", "5000");
    }

    @Test
    void countDownInTheHeadersWithoutAGap() {
        for (int i = 0; i < 100; i++) {
            Answer answer = get(i);
            assertThat(answer)
                    .hasStatus(200)
                    .hasHeader("X-RateLimit-Limit", "100")
                    .hasHeader("X-RateLimit-Remaining", Integer.toString(99 - i))
                    .hasHeader("RateLimit-Policy", "\"minute\";q=100;w=60, \"day\";q=5000;w=86400")
                    .hasNoHeader("Retry-After");
            assertThat(answer.header("RateLimit").orElseThrow()).matches("\"minute\";r=" + (99 - i) + ";t=\\d+");
        }
    }

    @Test
    void sayWhenToComeBack() {
        for (int i = 0; i < 100; i++) {
            assertThat(get(i)).hasStatus(200);
        }
        for (int turn = 0; turn < 2; turn++) {
            Answer refused = get(turn);
            String wait = refused.header("Retry-After").orElseThrow();

            assertThat(refused)
                    .hasStatus(429)
                    .hasErrorCode("RATE_LIMITED")
                    .has("/retryAfter", Integer.parseInt(wait))
                    .saysWhy("test key", "100 requests", "minute", wait + " s")
                    .hasHeader("X-RateLimit-Limit", "100")
                    .hasHeader("X-RateLimit-Remaining", "0")
                    .hasHeader("RateLimit", "\"minute\";r=0;t=" + wait);
            assertThat(Integer.parseInt(wait)).isBetween(1, 60);
            assertThat(Long.parseLong(refused.header("X-RateLimit-Reset").orElseThrow()) % 60)
                    .isZero();
        }
    }

    @Test
    void startAgainWithANewMinute() {
        for (int i = 0; i < 101; i++) {
            get(i);
        }
        assertThat(get(0)).hasStatus(429);
        assertThat(get(1)).hasStatus(429);

        advance(Duration.ofMinutes(1));

        for (int i = 0; i < 100; i++) {
            assertThat(get(i)).hasStatus(200).hasHeader("X-RateLimit-Remaining", Integer.toString(99 - i));
        }
        assertThat(get(0)).hasStatus(429);
    }

    @Test
    void startAgainWithANewDayAndNotBefore() {
        database.limit(key, null, 6);
        for (int i = 0; i < 6; i++) {
            assertThat(get(i)).hasStatus(200);
        }
        advance(Duration.ofMinutes(1));
        for (int turn = 0; turn < 2; turn++) {
            assertThat(get(turn))
                    .hasStatus(429)
                    .hasHeader("X-RateLimit-Limit", "6")
                    .saysWhy("6 requests", "day");
        }

        advance(Duration.ofDays(1));

        assertThat(get(0)).hasStatus(200).hasHeader("X-RateLimit-Remaining", "5");
        assertThat(get(1)).hasStatus(200).hasHeader("X-RateLimit-Remaining", "4");
    }

    @Test
    void doNotCountWhatTheyRefuse() {
        database.limit(key, 3, 5);
        for (int i = 0; i < 3; i++) {
            assertThat(get(i)).hasStatus(200).hasHeader("X-RateLimit-Limit", "3");
        }
        for (int i = 0; i < 10; i++) {
            assertThat(get(i)).hasStatus(429).hasHeader("X-RateLimit-Limit", "3");
        }

        advance(Duration.ofMinutes(1));

        // Two are left of the minute and one of the day; then none of the day.
        assertThat(get(0)).hasStatus(200).hasHeader("X-RateLimit-Limit", "5").hasHeader("X-RateLimit-Remaining", "1");
        assertThat(get(1)).hasStatus(200).hasHeader("X-RateLimit-Limit", "5").hasHeader("X-RateLimit-Remaining", "0");
        assertThat(get(0)).hasStatus(429).hasHeader("X-RateLimit-Limit", "5");
    }

    @Test
    void countEveryAnswerThatAGoodKeyGets() {
        ApiClient bare = database.newOrganization(Scope.AGENTS_READ);
        ApiClient[] at = {one.as(bare), two.as(bare)};

        List<Answer> answers = List.of(
                at[0].get("/v1/agents"),
                at[1].get("/v1/agents/no-such-agent"),
                at[0].get("/no/such/path"),
                at[1].send("PATCH", "/v1/agents", "{}"),
                at[0].post("/v1/agents", "{}"),
                at[1].get("/v1/agents?limit=0"),
                at[0].head("/v1/agents"));

        assertThat(answers).extracting(Answer::status).containsExactly(200, 404, 404, 405, 403, 400, 200);
        assertThat(answers).extracting(TwoServersTest::remaining).containsExactly(99L, 98L, 97L, 96L, 95L, 94L, 93L);
        assertThat(answers).allMatch(answer -> answer.header("RateLimit").isPresent());
    }

    @Test
    void countEachKeyByItself() throws InterruptedException {
        ApiClient other = database.newOrganization();

        Load.send(120, THREADS, this::get);

        assertThat(one.as(other).get("/v1/auth/me")).hasStatus(200).hasHeader("X-RateLimit-Remaining", "99");
        assertThat(two.as(other).get("/v1/auth/me")).hasStatus(200).hasHeader("X-RateLimit-Remaining", "98");
        assertThat(get(0)).hasStatus(429);
    }

    @Test
    void askNoKeyForLimitsThatAreOff() throws InterruptedException {
        database.limit(key, 0, 0);

        assertThat(Load.send(300, THREADS, this::get))
                .allMatch(answer -> answer.status() == 200)
                .allMatch(answer -> answer.header("X-RateLimit-Limit").isEmpty())
                .allMatch(answer -> answer.header("RateLimit-Policy").isEmpty());
    }
}

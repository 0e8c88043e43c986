package ai.kubiya.server.limit;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.SettableClock;
import ai.kubiya.server.testing.TestServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What those hear who try keys, and that nobody else suffers for it. */
class KeyGuessesTest {
    private static final SettableClock CLOCK = new SettableClock();
    private static final AtomicInteger ADDRESSES = new AtomicInteger();
    private static TestServer server;

    /** One that no other test uses. */
    private final String address = "198.51.100." + ADDRESSES.incrementAndGet();

    @BeforeAll
    static void start() {
        server = TestServer.builder()
                .withClock(CLOCK)
                .withSetting("KUBIYA_KEY_GUESSES_PER_MINUTE", "5")
                .withSetting("KUBIYA_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void beginEarlyInAMinute() {
        long now = CLOCK.instant().getEpochSecond();
        CLOCK.advance(Duration.ofSeconds(Window.MINUTE.startAt(now) + 60 - now));
    }

    private static Answer ask(ApiClient client, String address) {
        return client.withHeader("X-Forwarded-For", address).get("/v1/auth/me");
    }

    private static void guess(String address, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(ask(server.withKey("uk_wrong" + i), address))
                    .hasStatus(401)
                    .hasErrorCode("INVALID_API_KEY");
        }
    }

    @Test
    void stopAfterTooManyWrongKeysUntilTheMinuteIsOver() {
        guess(address, 5);

        Answer refused = ask(server.withKey("uk_wrong"), address);
        assertThat(refused)
                .hasStatus(429)
                .hasErrorCode("RATE_LIMITED")
                .saysWhy("wrong keys", "this address")
                .doesNotMention("uk_wrong");
        assertThat(Integer.parseInt(refused.header("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        assertThat(ask(server.withKey("uk_wrong"), address + ", 10.1.2.3")).hasStatus(429);

        CLOCK.advance(Duration.ofMinutes(1));

        guess(address, 5);
        assertThat(ask(server.withKey("uk_wrong"), address)).hasStatus(429);
    }

    @Test
    void stopOnPathsThatDoNotExistToo() {
        for (int i = 0; i < 5; i++) {
            assertThat(server.withKey("uk_wrong" + i)
                            .withHeader("X-Forwarded-For", address)
                            .get("/no/such/path"))
                    .hasStatus(404);
        }
        assertThat(ask(server.withKey("uk_wrong"), address)).hasStatus(429);
    }

    @Test
    void harmNoOtherAddress() {
        guess(address, 5);

        String other = "203.0.113.77";
        assertThat(ask(server.newOrganization(), other)).hasStatus(200);
        assertThat(ask(server.withKey("uk_wrong"), other)).hasStatus(401);
    }

    @Test
    void harmNoKeyThatWasGoodLately() {
        ApiClient good = server.newOrganization();
        assertThat(ask(good, "203.0.113.78")).hasStatus(200);
        guess(address, 5);

        assertThat(ask(good, address)).hasStatus(200);
        // One that nobody has seen yet has to wait.
        ApiClient unknown = server.newOrganization();
        assertThat(ask(unknown, address)).hasStatus(429);
        CLOCK.advance(Duration.ofMinutes(1));
        assertThat(ask(unknown, address)).hasStatus(200);
    }

    @Test
    void countAWholeNetworkOfVersionSixAsOne() {
        String network = "2001:db8:1:" + Integer.toHexString(ADDRESSES.incrementAndGet());
        guess(network + "::1", 3);
        guess(network + ":ffff:2::3", 2);

        assertThat(ask(server.withKey("uk_wrong"), network + "::4")).hasStatus(429);
        assertThat(ask(server.withKey("uk_wrong"), "2001:db8:2::4")).hasStatus(401);
    }

    @Test
    void countForgedAddressesAsThoseOfWhoSentThem() {
        for (int i = 0; i < 5; i++) {
            assertThat(ask(server.withKey("uk_wrong" + i), "203.0.113." + i + ", " + address))
                    .hasStatus(401);
        }
        assertThat(ask(server.withKey("uk_wrong"), "203.0.113.9, " + address)).hasStatus(429);
    }

    @Test
    void sayNothingOfRequestsWithoutAKey() {
        for (int i = 0; i < 20; i++) {
            assertThat(ask(server.anonymous(), address)).hasStatus(401).hasErrorCode("AUTH_REQUIRED");
        }
        assertThat(ask(server.withKey("uk_wrong"), address)).hasStatus(401);
    }

    @Test
    void areAsManyAsOneLikesWhenTheyAreOff() {
        KeyGuesses guesses = new KeyGuesses(0, CLOCK);
        for (int i = 0; i < 100; i++) {
            guesses.wrong(address, "uk_wrong");
        }
        assertThatCode(() -> guesses.check(address, "uk_wrong")).doesNotThrowAnyException();
    }

    @Test
    void takeTheSameMemoryHoweverManyAddressesThereAre() {
        KeyGuesses guesses = new KeyGuesses(5, CLOCK);
        guesses.good("uk_good");
        // The slots hold any number of addresses; in the end strangers share them and only known keys come in.
        for (int i = 0; i < 2_000_000; i++) {
            guesses.wrong((i >> 16 & 255) + "." + (i >> 8 & 255) + ".7." + (i & 255), "uk_wrong");
        }
        assertThatCode(() -> guesses.check("192.0.2.1", "uk_good")).doesNotThrowAnyException();
        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> guesses.check("192.0.2.1", "uk_other"));
        assertThat(guesses.damped()).isEqualTo(1);
    }

    @Test
    void doNotMakeAddressesShareUnderAnOrdinaryAttack() {
        KeyGuesses guesses = new KeyGuesses(5, CLOCK);
        for (int i = 0; i < 1_000; i++) {
            for (int n = 0; n < 10; n++) {
                guesses.wrong("10.1." + (i >> 8) + "." + (i & 255), "uk_wrong");
            }
        }
        int shared = 0;
        for (int i = 0; i < 10_000; i++) {
            try {
                guesses.check("10.2." + (i >> 8) + "." + (i & 255), "uk_other");
            } catch (ApiException e) {
                shared++;
            }
        }
        // Two hashes of a thousand addresses in 65,536 slots each: 2.3 of 10,000 are expected.
        assertThat(shared).isLessThan(20);
    }
}

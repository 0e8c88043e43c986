package ai.kubiya.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final RetryPolicy policy = new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(3));
    private final Random random = new Random(1);

    @Test
    void doublesUpToTheLongestDelayAndGivesUp() {
        for (int i = 0; i < 100; i++) {
            assertThat(policy.delay(1, null, random)).hasValueSatisfying(delay -> between(delay, 500, 1000));
            assertThat(policy.delay(2, null, random)).hasValueSatisfying(delay -> between(delay, 1000, 2000));
            assertThat(policy.delay(3, null, random)).hasValueSatisfying(delay -> between(delay, 1500, 3000));
        }
        assertThat(policy.delay(4, null, random)).isEmpty();
    }

    @Test
    void doesWhatTheProviderAsksForUnlessThatTakesTooLong() {
        assertThat(policy.delay(1, Duration.ofMillis(2500), random)).contains(Duration.ofMillis(2500));
        assertThat(policy.delay(1, Duration.ofMillis(3001), random)).isEmpty();
        assertThat(policy.delay(4, Duration.ZERO, random)).isEmpty();
    }

    @Test
    void readsRetryAfterInSecondsAndAsADate() {
        assertThat(RetryAfter.of("7", NOW)).isEqualTo(Duration.ofSeconds(7));
        assertThat(RetryAfter.of("0.25", NOW)).isEqualTo(Duration.ofMillis(250));
        assertThat(RetryAfter.of("Thu, 01 Jan 2026 00:00:09 GMT", NOW)).isEqualTo(Duration.ofSeconds(9));
        assertThat(RetryAfter.of("Wed, 31 Dec 2025 00:00:00 GMT", NOW)).isEqualTo(Duration.ZERO);
        assertThat(RetryAfter.of("soon", NOW)).isNull();
    }

    private static void between(Duration delay, long least, long most) {
        assertThat(delay.toMillis()).isBetween(least, most);
    }
}

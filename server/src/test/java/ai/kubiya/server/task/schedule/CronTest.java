package ai.kubiya.server.task.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When cron expressions fire, above all when clocks change. */
class CronTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** The times after one of a zone's clocks, as its clocks and their distance from UTC show them. */
    private static List<String> times(String cron, ZoneId zone, String after, int count) {
        Cron parsed = Cron.of(cron, zone);
        Instant time = LocalDateTime.parse(after).atZone(zone).toInstant();
        List<String> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            time = parsed.next(time).orElseThrow();
            times.add(time.atZone(zone).toOffsetDateTime().toString());
        }
        return times;
    }

    @Test
    void aDailyTimeThatIsLeftOutHappensAtTheEndOfTheGap() {
        assertThat(times("30 2 * * *", NEW_YORK, "2026-03-06T12:00", 4))
                .containsExactly(
                        "2026-03-07T02:30-05:00",
                        "2026-03-08T03:00-04:00",
                        "2026-03-09T02:30-04:00",
                        "2026-03-10T02:30-04:00");
        assertThat(times("0 2 * * *", BERLIN, "2026-03-28T12:00", 2))
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00");
    }

    @Test
    void aDailyTimeThatComesTwiceHappensOnce() {
        assertThat(times("30 1 * * *", NEW_YORK, "2026-10-31T12:00", 2))
                .containsExactly("2026-11-01T01:30-04:00", "2026-11-02T01:30-05:00");
        assertThat(times("15 2 * * *", BERLIN, "2026-10-24T12:00", 2))
                .containsExactly("2026-10-25T02:15+02:00", "2026-10-26T02:15+01:00");
    }

    @Test
    void happensOnceAlsoForThoseWhoLookALittleLater() {
        for (String cron : List.of("30 1 * * *", "*/10 1 * * *")) {
            Cron parsed = Cron.of(cron, NEW_YORK);
            Instant first = parsed.next(Instant.parse("2026-11-01T05:25:00Z")).orElseThrow();
            assertThat(first).isEqualTo(Instant.parse("2026-11-01T05:30:00Z"));
            assertThat(parsed.next(Instant.parse("2026-11-01T05:59:00.500Z")).orElseThrow())
                    .isAfter(Instant.parse("2026-11-02T00:00:00Z"));
        }
        assertThat(Cron.of("0 * * * *", NEW_YORK).next(Instant.parse("2026-11-01T05:00:00.500Z")))
                .contains(Instant.parse("2026-11-01T06:00:00Z"));
    }

    @Test
    void timesBesideTheChangesStayWhereTheyAre() {
        assertThat(times("0 3 * * *", NEW_YORK, "2026-03-07T12:00", 2))
                .containsExactly("2026-03-08T03:00-04:00", "2026-03-09T03:00-04:00");
        assertThat(times("0 9 * * *", BERLIN, "2026-03-28T12:00", 2))
                .containsExactly("2026-03-29T09:00+02:00", "2026-03-30T09:00+02:00");
    }

    @Test
    void whatComesEveryHalfHourGoesOnDoingSo() {
        assertThat(times("*/30 * * * *", NEW_YORK, "2026-03-08T00:45", 4))
                .containsExactly(
                        "2026-03-08T01:00-05:00",
                        "2026-03-08T01:30-05:00",
                        "2026-03-08T03:00-04:00",
                        "2026-03-08T03:30-04:00");
        assertThat(times("*/30 * * * *", NEW_YORK, "2026-11-01T00:45", 6))
                .containsExactly(
                        "2026-11-01T01:00-04:00",
                        "2026-11-01T01:30-04:00",
                        "2026-11-01T01:00-05:00",
                        "2026-11-01T01:30-05:00",
                        "2026-11-01T02:00-05:00",
                        "2026-11-01T02:30-05:00");
    }

    @Test
    void eachTimeIsLaterThanTheOneBefore() {
        for (String cron : List.of("30 2 * * *", "0 * * * *", "*/7 1-3 * * *", "15 2 * 3,11 0", "0 0 1 * *")) {
            Cron parsed = Cron.of(cron, NEW_YORK);
            Instant time = Instant.parse("2026-01-01T00:00:00Z");
            for (int i = 0; i < 2_000; i++) {
                Instant next = parsed.next(time).orElseThrow();
                assertThat(next).isAfter(time);
                time = next;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0 9 * * 1-5, 2026-11-27T10:00, 2026-11-30T09:00Z",
        "0 0 29 2 *, 2026-11-26T00:00, 2028-02-29T00:00Z",
        "@daily, 2026-11-26T00:00, 2026-11-27T00:00Z",
        "15 8 * * * *, 2026-11-26T09:00, 2026-11-27T08:15Z",
        "0 0 * * 7, 2026-11-26T00:00, 2026-11-29T00:00Z",
        "*/15 * * * *, 2026-11-26T00:15, 2026-11-26T00:30Z"
    })
    void readsWhatClientsWrite(String cron, String after, String next) {
        assertThat(times(cron, ZoneId.of("UTC"), after, 1)).containsExactly(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "* * * *", "60 * * * *", "* * * * * 5", "every day", "0 25 * * *", "@sometimes"})
    void refusesWhatIsNoExpression(String cron) {
        assertThatThrownBy(() -> Cron.of(cron, BERLIN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsDaysThatNeverCome() {
        assertThat(Cron.of("0 0 30 2 *", BERLIN).next(Instant.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
    }
}

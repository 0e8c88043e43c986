package ai.kubiya.runner.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLinesTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00.25Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LogLines lines = new LogLines(out);

    private record Line(Instant time, String text) {}

    @Test
    void takesTheTimesAwayAndLeavesTheRestAsItIs() throws IOException {
        connect("2026-03-01T10:00:00.5Z one\n2026-03-01T12:00:00.500000001+02:00   two  \n2026-03-01T10:00:01Z \n");

        assertThat(text()).isEqualTo("one\n  two  \n\n");
        assertThat(lines.since()).contains(Instant.parse("2026-03-01T10:00:01Z"));
    }

    @Test
    void passesOverWhatTheClusterSaysItself() throws IOException {
        connect(
                "unable to retrieve container logs for containerd://4711\n2026-03-01T10:00:00Z one\nfailed to watch file\n");

        assertThat(text()).isEqualTo("one\n");
    }

    @Test
    void goesOnInTheMiddleOfALine() throws IOException {
        connect("2026-03-01T10:00:00.1Z a\n2026-03-01T10:00:00.2Z half");
        assertThat(text()).isEqualTo("a\nhalf");

        connect("2026-03-01T10:00:00.1Z a\n2026-03-01T10:00:00.2Z half of it\n");

        assertThat(text()).isEqualTo("a\nhalf of it\n");
    }

    @Test
    void losesNothingWhenTheBeginningOfTheLogIsGone() throws IOException {
        connect("2026-03-01T10:00:00.1Z a\n2026-03-01T10:00:00.2Z b\n2026-03-01T10:00:00.3Z cut");

        connect("2026-03-01T10:00:00.4Z d\n2026-03-01T10:00:00.5Z e\n");

        assertThat(text()).isEqualTo("a\nb\ncut\nd\ne\n");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void writesEveryByteOnceHoweverOftenTheConnectionBreaks(long seed) throws IOException {
        Random random = new Random(seed);
        List<Line> log = log(random);
        int known = 0;
        boolean over = false;
        while (!over) {
            known = Math.min(log.size(), known + random.nextInt(40));
            byte[] bytes = since(log.subList(0, known), lines.since()).getBytes(StandardCharsets.UTF_8);
            over = known == log.size() && random.nextInt(4) == 0;
            int until = over ? bytes.length : random.nextInt(bytes.length + 1);
            lines.begin();
            for (int at = 0; at < until; ) {
                int count = Math.min(until - at, 1 + random.nextInt(50));
                byte[] chunk = new byte[64];
                System.arraycopy(bytes, at, chunk, 0, count);
                lines.take(chunk, count);
                at += count;
            }
        }

        assertThat(text())
                .isEqualTo(log.stream().map(line -> line.text() + "\n").collect(Collectors.joining()));
    }

    private static List<Line> log(Random random) {
        List<Line> log = new ArrayList<>();
        Instant time = START;
        for (int i = 0; i < 400; i++) {
            // Several lines have one time.
            int step = random.nextInt(10);
            time = step < 4 ? time : time.plus(step == 9 ? 900_000_000L : random.nextInt(50_000_000), ChronoUnit.NANOS);
            String text = random.nextInt(5) == 0 ? "" : "line " + i + " é " + "x".repeat(random.nextInt(120));
            log.add(new Line(time, random.nextInt(6) == 0 ? "same" : text));
        }
        return log;
    }

    /** As a cluster answers: everything from a whole second on. */
    private static String since(List<Line> log, Optional<Instant> second) {
        return log.stream()
                .filter(line -> second.isEmpty() || !line.time().isBefore(second.get()))
                .map(line -> line.time() + " " + line.text() + "\n")
                .collect(Collectors.joining());
    }

    private void connect(String log) throws IOException {
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        lines.begin();
        lines.take(bytes, bytes.length);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}

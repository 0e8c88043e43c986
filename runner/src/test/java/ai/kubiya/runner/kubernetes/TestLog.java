package ai.kubiya.runner.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The log of one container, as a node keeps and streams it. Connections break when they are told to. */
final class TestLog {
    private static final int BREAKS = 14;

    private final List<Line> lines = new ArrayList<>();
    private final Random breaks;
    private final int longest;
    private boolean ended;
    private int refusals;
    private int connections;

    private static final class Line {
        private final Instant time = Instant.now();
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private boolean whole;
    }

    TestLog() {
        this(new Random(0), Integer.MAX_VALUE, 0);
    }

    /**
     * A log that is hard to read.
     *
     * @param longest bytes of a connection, about
     * @param refusals connections that are refused first
     */
    TestLog(Random breaks, int longest, int refusals) {
        this.breaks = breaks;
        this.longest = longest;
        this.refusals = refusals;
    }

    synchronized void print(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (lines.isEmpty() || lines.getLast().whole) {
                lines.add(new Line());
            }
            if (bytes[i] == '\n') {
                lines.getLast().whole = true;
            } else {
                lines.getLast().text.write(bytes[i]);
            }
        }
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized int connections() {
        return connections;
    }

    private synchronized boolean refuses() {
        connections++;
        return refusals-- > 0;
    }

    void answer(HttpExchange exchange) throws IOException {
        if (refuses()) {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
            return;
        }
        String query = exchange.getRequestURI().getQuery();
        boolean follow = query.contains("follow=true");
        Instant since = Arrays.stream(query.split("&"))
                .filter(part -> part.startsWith("sinceTime="))
                .map(part ->
                        Instant.parse(part.substring("sinceTime=".length())).truncatedTo(ChronoUnit.SECONDS))
                .findFirst()
                .orElse(Instant.MIN);
        exchange.sendResponseHeaders(200, 0);
        int left = connections() > BREAKS || longest == Integer.MAX_VALUE
                ? Integer.MAX_VALUE
                : 1 + breaks.nextInt(longest);
        OutputStream out = exchange.getResponseBody();
        int sent = 0;
        while (left > 0) {
            byte[] all = bytes(since, sent, follow);
            if (all.length == sent) {
                break;
            }
            int count = Math.min(left, all.length - sent);
            out.write(all, sent, count);
            out.flush();
            sent += count;
            left -= count;
        }
        if (left > 0 || breaks.nextBoolean()) {
            out.close();
        } else {
            // In the middle of the answer: the other side sees a connection that broke.
            throw new IOException("a connection that breaks");
        }
        exchange.close();
    }

    /** What there is to send; waits for more than so many bytes while there may be more. */
    private synchronized byte[] bytes(Instant since, int known, boolean follow) throws IOException {
        try {
            while (true) {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                for (Line line : lines) {
                    if (!line.time.isBefore(since)) {
                        all.writeBytes((DateTimeFormatter.ISO_INSTANT.format(line.time) + " ").getBytes(UTF_8));
                        all.writeBytes(line.text.toByteArray());
                        if (line.whole) {
                            all.write('\n');
                        }
                    }
                }
                if (all.size() > known || ended || !follow) {
                    return all.toByteArray();
                }
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}

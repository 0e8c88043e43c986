package ai.kubiya.runner.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Takes the log of a container, each of whose lines begins with its time, and writes what the container printed, each byte
 * once. A log is read over several connections when one breaks, and a cluster resumes at whole seconds only: what of a
 * second was written before is passed over when it comes again. Parts of lines are written as they come.
 */
final class LogLines {
    /** A longer first word is no time. */
    private static final int LONGEST_TIME = 40;

    private final OutputStream out;
    private final ByteArrayOutputStream time = new ByteArrayOutputStream();
    private State state = State.IN_TIME;
    /** The second of the newest line that was begun, and how many lines of it were written to their end. */
    private long second = Long.MIN_VALUE;

    private long linesOfSecond;
    private Instant newest = Instant.MIN;
    /** The line that was begun, and how much of it was written. */
    private Instant lineTime = Instant.MIN;

    private long lineBytes;
    /** What is still to be passed over on this connection. */
    private long linesAgain;

    private long bytesAgain;
    private boolean lineIsCut;
    private long written;

    private enum State {
        /** Before the space after the time. */
        IN_TIME,
        IN_TEXT,
        /** In a line that was written before, or that is a word of the cluster's and not of the container. */
        PASSING_OVER
    }

    LogLines(OutputStream out) {
        this.out = out;
    }

    /** From when on the log is wanted; empty = all of it. */
    Optional<Instant> since() {
        return second == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second));
    }

    /** A new connection begins, at {@link #since}. */
    void begin() {
        state = State.IN_TIME;
        time.reset();
        linesAgain = linesOfSecond;
        bytesAgain = 0;
        lineIsCut = lineBytes > 0;
    }

    /** Whether the connection has brought all that an earlier one had. */
    boolean isAsFarAsBefore() {
        return linesAgain == 0 && !lineIsCut && bytesAgain == 0;
    }

    /** How much was written. */
    long written() {
        return written;
    }

    void take(byte[] bytes, int length) throws IOException {
        int at = 0;
        while (at < length) {
            at = switch (state) {
                case IN_TIME -> takeTime(bytes, at, length);
                case IN_TEXT -> takeText(bytes, at, length);
                case PASSING_OVER -> passOver(bytes, at, length);
            };
        }
        out.flush();
    }

    private int takeTime(byte[] bytes, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                time.reset();
                return i + 1;
            }
            if (bytes[i] == ' ') {
                beginLine(time.toString(StandardCharsets.US_ASCII));
                time.reset();
                return i + 1;
            }
            time.write(bytes[i]);
            if (time.size() > LONGEST_TIME) {
                time.reset();
                state = State.PASSING_OVER;
                return i + 1;
            }
        }
        return to;
    }

    private void beginLine(String written) throws IOException {
        Instant at;
        try {
            at = OffsetDateTime.parse(written).toInstant();
        } catch (DateTimeException e) {
            state = State.PASSING_OVER;
            return;
        }
        if (linesAgain > 0 && !at.isAfter(newest)) {
            linesAgain--;
            state = State.PASSING_OVER;
            return;
        }
        linesAgain = 0;
        state = State.IN_TEXT;
        if (lineIsCut) {
            lineIsCut = false;
            if (at.equals(lineTime)) {
                bytesAgain = lineBytes;
                return;
            }
            // The rest of it is gone from the log.
            endLine();
            state = State.IN_TEXT;
        }
        lineTime = at;
        if (at.getEpochSecond() > second) {
            second = at.getEpochSecond();
            linesOfSecond = 0;
        }
    }

    private int takeText(byte[] bytes, int from, int to) throws IOException {
        int end = from;
        while (end < to && bytes[end] != '\n') {
            end++;
        }
        int again = (int) Math.min(bytesAgain, end - from);
        bytesAgain -= again;
        out.write(bytes, from + again, end - from - again);
        lineBytes += end - from - again;
        written += end - from - again;
        if (end == to) {
            return to;
        }
        endLine();
        return end + 1;
    }

    private void endLine() throws IOException {
        out.write('\n');
        written++;
        if (lineTime.getEpochSecond() >= second) {
            linesOfSecond++;
        }
        if (lineTime.isAfter(newest)) {
            newest = lineTime;
        }
        lineBytes = 0;
        bytesAgain = 0;
        state = State.IN_TIME;
    }

    private int passOver(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                state = State.IN_TIME;
                return i + 1;
            }
        }
        return to;
    }
}

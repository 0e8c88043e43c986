package ai.kubiya.server.model;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/**
 * A response body that is given up after a silence or at a size. The JDK's own request time-out ends with the headers,
 * so that a provider that goes silent in mid-answer would hold its reader for ever.
 */
final class AnswerStream extends FilterInputStream {
    private static final long LONGEST = 64L << 20;

    private final Duration longestSilence;
    private final Thread watch;
    private volatile long lastByteAt = System.nanoTime();
    private volatile boolean silent;
    private long length;

    AnswerStream(InputStream body, Duration longestSilence) {
        super(body);
        this.longestSilence = longestSilence;
        this.watch = Thread.ofVirtual().name("model-answer-watch").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                long left = longestSilence.toNanos() - (System.nanoTime() - lastByteAt);
                if (left <= 0) {
                    silent = true;
                    in.close();
                    return;
                }
                Thread.sleep(Duration.ofNanos(left));
            }
        } catch (InterruptedException | IOException e) {
            // Interrupted: the answer was read to its end. A close that fails leaves nothing to watch either.
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int wanted) throws IOException {
        int count;
        try {
            count = in.read(buffer, offset, wanted);
        } catch (IOException e) {
            throw silent ? silence() : e;
        }
        if (count < 0 && silent) {
            throw silence();
        }
        lastByteAt = System.nanoTime();
        length += Math.max(count, 0);
        if (length > LONGEST) {
            throw new IOException("The answer is longer than %d MiB.".formatted(LONGEST >> 20));
        }
        return count;
    }

    private HttpTimeoutException silence() {
        return new HttpTimeoutException("no byte for %d s".formatted(longestSilence.toSeconds()));
    }

    @Override
    public void close() throws IOException {
        watch.interrupt();
        super.close();
    }
}

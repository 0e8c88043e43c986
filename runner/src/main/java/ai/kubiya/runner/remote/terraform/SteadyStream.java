package ai.kubiya.runner.remote.terraform;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream that must not stand still: it breaks off when nothing arrives for a minute. */
final class SteadyStream extends FilterInputStream {
    private static final Logger log = LoggerFactory.getLogger(SteadyStream.class);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Thread watching = Thread.ofVirtual().name("steady").unstarted(this::watch);
    private volatile long readAt = System.nanoTime();

    SteadyStream(InputStream in) {
        super(in);
        watching.start();
    }

    private void watch() {
        try {
            while (System.nanoTime() - readAt < LONGEST_SILENCE.toNanos()) {
                Thread.sleep(LOOK);
            }
            in.close();
        } catch (InterruptedException e) {
            // All was read.
        } catch (IOException e) {
            log.debug("a silent connection does not close: {}", e.getMessage());
        }
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        readAt = System.nanoTime();
        return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = in.read(bytes, from, length);
        readAt = System.nanoTime();
        return read;
    }

    @Override
    public void close() throws IOException {
        watching.interrupt();
        super.close();
    }
}

package ai.kubiya.runner.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** Reads one stream of a tool to its end and prints it in whole lines as soon as they are there. */
public final class LineReader {
    private static final Duration SILENCE = Duration.ofMillis(100);
    // The C library's words in the language that tools are started with.
    private static final String DISK_FULL = "No space left on device";
    private static final int CHUNK = 32 * 1024;

    private final String name;
    private final MaskedStream mask;
    private final KeptOutput output;
    private final LineCutter cutter = new LineCutter();
    private final ReentrantLock lock = new ReentrantLock();
    private long lastTextAt = System.nanoTime();
    private volatile String lastText = "";
    private volatile boolean saidDiskFull;
    private volatile boolean waitingForTool;
    private final AtomicLong reads = new AtomicLong();

    public LineReader(String name, SecretMask mask, KeptOutput output) {
        this.name = name;
        this.mask = mask.stream();
        this.output = output;
    }

    /** Returns at the end of the stream. A tool that prints faster than its events are taken waits. */
    public void readAll(InputStream in) throws InterruptedException {
        CharsetDecoder decoder = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        byte[] chunk = new byte[CHUNK];
        ByteBuffer bytes = ByteBuffer.wrap(chunk);
        CharBuffer chars = CharBuffer.allocate(CHUNK + 16);
        boolean ended = false;
        while (!ended) {
            waitingForTool = true;
            int read = read(in, chunk, bytes);
            waitingForTool = false;
            reads.incrementAndGet();
            ended = read < 0;
            bytes.flip();
            decoder.decode(bytes, chars, ended);
            if (ended) {
                decoder.flush(chars);
            }
            bytes.compact();
            // A text column or a JSON document of a database cannot hold NUL.
            String text = chars.flip().toString().replace('\0', '\uFFFD');
            chars.clear();
            take(text, ended);
        }
    }

    /** Prints the beginning of a line when the tool has been silent in the middle of it. */
    public void printIfSilent() throws InterruptedException {
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (cutter.hasRest() && System.nanoTime() - lastTextAt > SILENCE.toNanos()) {
                print(cutter.rest());
            }
        } finally {
            lock.unlock();
        }
    }

    /** True when the tool said that it met a full disk. */
    public boolean saidDiskFull() {
        return saidDiskFull;
    }

    /** The last that was printed, masked, for a message. */
    public String lastText() {
        return lastText;
    }

    /** True while there is nothing to read. */
    public boolean isWaitingForTool() {
        return waitingForTool;
    }

    /** How often something was read; tells progress. */
    public long reads() {
        return reads.get();
    }

    private void take(String text, boolean ended) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            lastTextAt = System.nanoTime();
            print(cutter.cut(mask.feed(text)));
            if (ended) {
                print(cutter.cut(mask.end()));
                print(cutter.rest());
            }
        } finally {
            lock.unlock();
        }
    }

    private void print(Iterable<String> pieces) throws InterruptedException {
        for (String piece : pieces) {
            saidDiskFull = saidDiskFull || piece.contains(DISK_FULL);
            lastText = piece.strip();
            output.print(name, piece);
        }
    }

    private static int read(InputStream in, byte[] chunk, ByteBuffer into) {
        try {
            int read = in.read(chunk, into.position(), into.remaining());
            into.position(into.position() + Math.max(0, read));
            return read;
        } catch (IOException closed) {
            // The stream of a process that was killed ends like any other.
            return -1;
        }
    }
}

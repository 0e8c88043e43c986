package ai.kubiya.runner.output;

import java.io.InputStream;
import java.time.Duration;

/** Reads both streams of a process while it runs, and shows what it says in the middle of a line when it falls silent. */
public final class OutputReaders implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;
    // After the last process is gone only what is in the pipes is left to read, unless the server takes nothing.
    private static final Duration ESCAPED_WRITER = Duration.ofSeconds(2);

    private final LineReader stdout;
    private final LineReader stderr;
    private final Thread out;
    private final Thread err;
    private final Thread silence;

    public OutputReaders(Process process, SecretMask mask, KeptOutput output) {
        stdout = new LineReader("stdout", mask, output);
        stderr = new LineReader("stderr", mask, output);
        out = reader(stdout, process.getInputStream());
        err = reader(stderr, process.getErrorStream());
        silence = Thread.ofVirtual().name("silence").start(this::showPartialLines);
    }

    public LineReader stderr() {
        return stderr;
    }

    /** Waits until everything is read; to be called when the process is over. */
    public void awaitEnd() throws InterruptedException {
        awaitEnd(out, stdout);
        awaitEnd(err, stderr);
    }

    /** Waits for a reader while it makes progress; a process that escaped may hold the stream open for ever. */
    private static void awaitEnd(Thread reader, LineReader lines) throws InterruptedException {
        long seen = -1;
        while (!reader.join(ESCAPED_WRITER)) {
            if (lines.isWaitingForTool() && lines.reads() == seen) {
                return;
            }
            seen = lines.reads();
        }
    }

    private static Thread reader(LineReader lines, InputStream in) {
        // Reading a pipe holds its thread: a virtual one would hold a carrier.
        return Thread.ofPlatform().daemon().name("tool-output").start(() -> {
            try {
                lines.readAll(in);
            } catch (InterruptedException over) {
                // Nobody waits for the rest.
            }
        });
    }

    private void showPartialLines() {
        try {
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                stdout.printIfSilent();
                stderr.printIfSilent();
            }
        } catch (InterruptedException over) {
            // The tool has ended.
        }
    }

    @Override
    public void close() {
        silence.interrupt();
        out.interrupt();
        err.interrupt();
    }
}

package ai.kubiya.runner.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.kubiya.protocol.RunEvent;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what a run prints on both streams and keeps the first part of it. */
public final class KeptOutput {
    private final OutputSink sink;
    private final InstantSource clock;
    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private long printed;
    private long kept;
    private boolean warned;

    public KeptOutput(OutputSink sink, InstantSource clock, long limit) {
        this.sink = sink;
        this.clock = clock;
        this.limit = limit;
    }

    void print(String stream, String text) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            int bytes = Utf8.length(text);
            printed += bytes;
            if (kept + bytes <= limit) {
                kept += bytes;
                sink.put(new RunEvent.Output(clock.instant(), stream, text));
                return;
            }
            if (warned) {
                return;
            }
            warned = true;
            String start = Utf8.start(text, (int) (limit - kept));
            kept += start.getBytes(UTF_8).length;
            if (!start.isEmpty()) {
                sink.put(new RunEvent.Output(clock.instant(), stream, start));
            }
            sink.put(new RunEvent.Warning(
                    clock.instant(),
                    "output_truncated",
                    "the tool printed more than %d bytes; what follows is counted and not kept".formatted(limit),
                    Map.of("limit_bytes", Long.toString(limit))));
        } finally {
            lock.unlock();
        }
    }

    public long printedBytes() {
        lock.lock();
        try {
            return printed;
        } finally {
            lock.unlock();
        }
    }

    public long droppedBytes() {
        lock.lock();
        try {
            return printed - kept;
        } finally {
            lock.unlock();
        }
    }
}

package ai.kubiya.runner.output;

import ai.kubiya.protocol.RunEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Events on their way from a tool to the server. When it is full the tool waits, so memory does not grow. */
public final class EventBuffer implements OutputSink {
    private static final long BATCH_BYTES = 256 * 1024;
    private static final long BUFFER_BYTES = 1024 * 1024;
    private static final int EVENT_OVERHEAD = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<RunEvent> events = new ArrayDeque<>();
    private long bytes;
    private boolean ended;
    private boolean discarding;

    @Override
    public void put(RunEvent event) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (bytes >= BUFFER_BYTES && !discarding) {
                changed.await();
            }
            if (!discarding && !ended) {
                events.add(event);
                bytes += size(event);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something and takes what is there; empty when nothing more will come. */
    public List<RunEvent> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (events.isEmpty() && !ended) {
                changed.await();
            }
            List<RunEvent> batch = new ArrayList<>();
            long taken = 0;
            while (!events.isEmpty() && (batch.isEmpty() || taken + size(events.getFirst()) <= BATCH_BYTES)) {
                RunEvent event = events.removeFirst();
                taken += size(event);
                batch.add(event);
            }
            bytes -= taken;
            changed.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will be put. */
    public void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody wants the events any more: throws them away and lets everybody go on. */
    public void discard() {
        lock.lock();
        try {
            discarding = true;
            ended = true;
            events.clear();
            bytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long size(RunEvent event) {
        return event instanceof RunEvent.Output output
                ? EVENT_OVERHEAD + (long) output.content().length()
                : EVENT_OVERHEAD;
    }
}

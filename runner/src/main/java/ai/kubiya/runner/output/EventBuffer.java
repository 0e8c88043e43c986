package ai.kubiya.runner.output;

import ai.kubiya.protocol.RunEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way from a tool to the server. When the server is slow or away, more than memory may hold is kept in a
 * file, where there is one; when that is full too the tool waits, so that nothing grows without bound and nothing is lost.
 */
public final class EventBuffer implements OutputSink {
    private static final long BATCH_BYTES = 256 * 1024;
    private static final long BUFFER_BYTES = 1024 * 1024;
    private static final int EVENT_OVERHEAD = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<RunEvent> events = new ArrayDeque<>();
    private final @Nullable SpillFile spill;
    private long bytes;
    private boolean ended;
    private boolean discarding;

    /**
     * Some events that belong together.
     *
     * @param last nothing comes after them
     */
    public record Batch(List<RunEvent> events, boolean last) {}

    public EventBuffer(@Nullable SpillFile spill) {
        this.spill = spill;
    }

    @Override
    public void put(RunEvent event) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!discarding && !ended && !keep(event)) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean keep(RunEvent event) {
        // What is in the file is older than what comes now.
        boolean file = spill != null && !spill.isEmpty();
        if (!file && bytes < BUFFER_BYTES) {
            events.add(event);
            bytes += size(event);
            changed.signalAll();
            return true;
        }
        return spill != null && spill.add(event);
    }

    /** Waits for something and takes what is there. */
    public Batch take() throws InterruptedException {
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
            if (events.isEmpty()) {
                refill();
            }
            changed.signalAll();
            return new Batch(batch, ended && events.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    private void refill() {
        if (spill != null) {
            for (RunEvent event : spill.take(BUFFER_BYTES)) {
                events.add(event);
                bytes += size(event);
            }
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
            if (spill != null) {
                spill.close();
            }
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

package ai.kubiya.server.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A point at which something waits until the test has done what it wants to do there. */
public final class Gate {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch abandoned = new CountDownLatch(1);

    public void awaitReached() throws InterruptedException {
        await(reached, "nobody came to the gate");
    }

    public void open() {
        opened.countDown();
    }

    /** Waits until the other side has hung up while it was held here. */
    public void awaitAbandoned() throws InterruptedException {
        await(abandoned, "the other side is still there");
    }

    void reach() {
        reached.countDown();
    }

    /** Waits here until the gate is opened. */
    void pass() throws InterruptedException {
        reach();
        await(opened, "nobody opened the gate");
    }

    boolean isOpen() {
        return opened.getCount() == 0;
    }

    void abandon() {
        abandoned.countDown();
    }

    /** The bound only keeps a broken test from hanging. */
    private static void await(CountDownLatch latch, String otherwise) throws InterruptedException {
        if (!latch.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError(otherwise);
        }
    }
}

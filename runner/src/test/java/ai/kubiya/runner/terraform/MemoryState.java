package ai.kubiya.runner.terraform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A state in memory that tells how it was used. */
final class MemoryState implements StateLink {
    private byte @Nullable [] state;
    private final List<String> written = new ArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private volatile boolean away;
    private @Nullable String refusal;
    private @Nullable String holder;
    private int locks;

    MemoryState heldBy(String who) {
        holder = who;
        return this;
    }

    MemoryState refusing(String why) {
        refusal = why;
        return this;
    }

    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    @Override
    public synchronized Optional<byte[]> read() {
        return Optional.ofNullable(state);
    }

    @Override
    public synchronized Optional<String> lock(String info) {
        locks++;
        return Optional.ofNullable(holder);
    }

    @Override
    public synchronized void write(byte[] content) throws IOException {
        if (refusal != null) {
            throw new Refused(refusal);
        }
        if (away) {
            throw new IOException("nobody answers");
        }
        state = content.clone();
        written.add(text());
        first.countDown();
    }

    @Override
    public synchronized void unlock() {
        locks--;
    }

    /** Waits for the first state to be handed over. */
    void awaitFirst() throws InterruptedException {
        first.await();
    }

    synchronized String text() {
        return state == null ? "" : new String(state, StandardCharsets.UTF_8);
    }

    synchronized List<String> written() {
        return List.copyOf(written);
    }

    synchronized int locks() {
        return locks;
    }
}

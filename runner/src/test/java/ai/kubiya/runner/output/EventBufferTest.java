package ai.kubiya.runner.output;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.protocol.RunEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventBufferTest {
    private static final RunEvent LARGE = new RunEvent.Output(Instant.EPOCH, "stdout", "x".repeat(16_000));

    private final EventBuffer buffer = new EventBuffer();

    @Test
    void makesTheToolWaitWhenNobodyTakes() throws Exception {
        Thread tool = Thread.ofVirtual().start(() -> putForEver(buffer));
        while (tool.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }

        assertThat(buffer.take()).hasSizeBetween(2, 20);

        buffer.discard();
        tool.interrupt();
        tool.join();
        assertThat(buffer.take()).isEmpty();
    }

    @Test
    void givesWhatIsLeftAfterTheEnd() throws Exception {
        buffer.put(LARGE);
        buffer.end();

        assertThat(buffer.take()).containsExactly(LARGE);
        assertThat(buffer.take()).isEmpty();
    }

    private static void putForEver(EventBuffer buffer) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                buffer.put(LARGE);
            }
        } catch (InterruptedException over) {
            // The test has seen enough.
        }
    }
}

package ai.kubiya.runner.output;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.protocol.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventBufferTest {
    private static final String LONG = "x".repeat(16_000);

    @TempDir
    Path folder;

    private final EventBuffer buffer = new EventBuffer(null);

    private static RunEvent numbered(int number) {
        return new RunEvent.Output(Instant.EPOCH, "stdout", number + LONG);
    }

    private static List<RunEvent> numbered(int first, int end) {
        return IntStream.range(first, end).mapToObj(EventBufferTest::numbered).toList();
    }

    private EventBuffer spilling(long bytes) {
        return new EventBuffer(new SpillFile(folder.resolve("spill"), UUID.randomUUID(), bytes));
    }

    private static List<RunEvent> takeAll(EventBuffer buffer) throws InterruptedException {
        List<RunEvent> taken = new ArrayList<>();
        EventBuffer.Batch batch;
        do {
            batch = buffer.take();
            taken.addAll(batch.events());
        } while (!batch.last());
        return taken;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static Thread putForEver(EventBuffer buffer) throws InterruptedException {
        Thread tool = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                    buffer.put(numbered(i));
                }
            } catch (InterruptedException over) {
                // The test has seen enough.
            }
        });
        while (tool.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        return tool;
    }

    @Test
    void makesTheToolWaitWhenNobodyTakes() throws Exception {
        Thread tool = putForEver(buffer);

        assertThat(buffer.take().events()).hasSizeBetween(2, 20);

        buffer.discard();
        tool.interrupt();
        tool.join();
        assertThat(buffer.take().events()).isEmpty();
    }

    @Test
    void givesWhatIsLeftAfterTheEnd() throws Exception {
        buffer.put(numbered(1));
        buffer.end();

        assertThat(buffer.take()).isEqualTo(new EventBuffer.Batch(List.of(numbered(1)), true));
        assertThat(buffer.take()).isEqualTo(new EventBuffer.Batch(List.of(), true));
    }

    @Test
    void keepsInAFileWhatMemoryHasNoRoomForAndForgetsNothingNorTheOrder() throws Exception {
        EventBuffer spilling = spilling(64 << 20);
        for (RunEvent event : numbered(0, 300)) {
            spilling.put(event);
        }
        assertThat(files()).hasSize(1);
        List<RunEvent> taken = new ArrayList<>(spilling.take().events());
        for (RunEvent event : numbered(300, 500)) {
            spilling.put(event);
        }
        spilling.end();
        taken.addAll(takeAll(spilling));

        assertThat(taken).isEqualTo(numbered(0, 500));
        spilling.discard();
        assertThat(files()).isEmpty();
    }

    @Test
    void usesTheRoomOfTheFileAgainAndAgain() throws Exception {
        EventBuffer spilling = spilling(2 << 20);
        for (int round = 0; round < 10; round++) {
            for (RunEvent event : numbered(0, 150)) {
                spilling.put(event);
            }
            List<RunEvent> taken = new ArrayList<>();
            while (taken.size() < 150) {
                taken.addAll(spilling.take().events());
            }
            assertThat(taken).isEqualTo(numbered(0, 150));
        }
    }

    @Test
    void makesTheToolWaitWhenTheFileIsFullToo() throws Exception {
        EventBuffer spilling = spilling(2 << 20);
        Thread tool = putForEver(spilling);

        assertThat(Files.size(files().getFirst())).isBetween((2L << 20) - 20_000, 2L << 20);

        List<RunEvent> taken = new ArrayList<>();
        while (taken.size() < 400) {
            taken.addAll(spilling.take().events());
        }
        assertThat(taken).isEqualTo(numbered(0, taken.size()));
        spilling.discard();
        tool.interrupt();
        tool.join();
    }

    @Test
    void keepsOtherUsersOfTheMachineOut() throws Exception {
        EventBuffer spilling = spilling(64 << 20);
        for (RunEvent event : numbered(0, 100)) {
            spilling.put(event);
        }

        assertThat(Files.getPosixFilePermissions(files().getFirst()).toString()).doesNotContain("GROUP", "OTHERS");
    }
}

package ai.kubiya.runner.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the state over while Terraform writes it, and what is left at the end. */
final class StateKeeper {
    private static final Logger log = LoggerFactory.getLogger(StateKeeper.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    /** A state is copied whole each time, so large ones are copied less often. */
    private static final long BYTES_PER_SECOND = 1 << 20;

    private static final String COPY = "terraform.tfstate.copy";
    private static final long LARGEST_COPY = 8 << 20;
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final StateLink link;
    private final Duration patience;
    private final Thread copying;
    /** Apart from the other: whoever takes the state may be out of reach, and copies are made all the same. */
    private final Thread saving;

    private long savedSerial;
    private long savedAt = System.nanoTime();
    private long savedBytes;
    private long copiedAt = -1;

    @SuppressWarnings("ArrayRecordComponent")
    private record Snapshot(long serial, byte[] content) {}

    /**
     * Begins to watch.
     *
     * @param serial what is saved already; -1 = nothing
     * @param patience how long the last state is offered to somebody who does not answer
     */
    StateKeeper(Path file, StateLink link, long serial, Duration patience) {
        this.file = file;
        this.link = link;
        this.savedSerial = serial;
        this.patience = patience;
        this.copying = Thread.ofVirtual().name("state-copies").start(() -> again(this::copy));
        this.saving = Thread.ofVirtual().name("state").start(() -> again(this::saveWhenDue));
    }

    /** The serial of a state; -1 when it is none. */
    static long serial(byte[] state) {
        try {
            JsonNode json = JSON.readTree(state);
            return json != null && json.path("serial").isIntegralNumber()
                    ? json.path("serial").asLong()
                    : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    @FunctionalInterface
    private interface Look {
        void look() throws InterruptedException;
    }

    private static void again(Look what) {
        try {
            while (true) {
                Thread.sleep(LOOK);
                what.look();
            }
        } catch (InterruptedException e) {
            // The last one is saved by whoever said so.
        }
    }

    private void saveWhenDue() throws InterruptedException {
        if (isDue()) {
            saveNow();
        }
    }

    /** Terraform writes in place, so a power cut or a kill may leave half a file: a whole one stays beside it. */
    private void copy() {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_COPY) {
                return;
            }
            long modified = Files.getLastModifiedTime(file).toMillis();
            if (modified == copiedAt) {
                return;
            }
            byte[] content = Files.readAllBytes(file);
            if (serial(content) >= 0) {
                Path written = file.resolveSibling(COPY + ".new");
                TerraformPlace.write(written, content);
                Files.move(written, file.resolveSibling(COPY), StandardCopyOption.ATOMIC_MOVE);
                copiedAt = modified;
            }
        } catch (IOException e) {
            log.debug("no copy of {}: {}", file, e.getMessage());
        }
    }

    /** The newest whole state that a job left in its folder; empty when there is none. */
    static Optional<byte[]> left(Path folder) {
        Optional<byte[]> best = Optional.empty();
        for (String name : List.of(COPY, TerraformPlace.STATE)) {
            try {
                byte[] content = Files.readAllBytes(folder.resolve("own").resolve(name));
                if (serial(content) > best.map(StateKeeper::serial).orElse(-1L)) {
                    best = Optional.of(content);
                }
            } catch (IOException e) {
                log.debug("no {} in {}: {}", name, folder, e.getMessage());
            }
        }
        return best;
    }

    private synchronized boolean isDue() {
        long pause = Math.max(SHORTEST_PAUSE.toNanos(), savedBytes * 1_000_000_000L / BYTES_PER_SECOND);
        return System.nanoTime() - savedAt >= pause;
    }

    private synchronized void saveNow() throws InterruptedException {
        Optional<Snapshot> snapshot = changed();
        if (snapshot.isEmpty()) {
            return;
        }
        try {
            save(snapshot.get());
        } catch (IOException e) {
            // Also a refusal: it is said at the end, when Terraform has stopped.
            log.warn("a state was not taken while Terraform runs: {}", e.getMessage());
            savedAt = System.nanoTime();
        }
    }

    private void save(Snapshot snapshot) throws IOException, InterruptedException {
        link.write(snapshot.content());
        savedSerial = snapshot.serial();
        savedBytes = snapshot.content().length;
        savedAt = System.nanoTime();
    }

    /** Terraform writes in place: what is no JSON document is not finished. */
    private Optional<Snapshot> changed() {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            byte[] content = Files.readAllBytes(file);
            long serial = serial(content);
            return serial > savedSerial ? Optional.of(new Snapshot(serial, content)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Saves the last state; Terraform has ended.
     *
     * @throws IOException when it could not be handed over; it is still in its file
     */
    void finish() throws IOException, InterruptedException {
        close();
        long start = System.nanoTime();
        Duration pause = FIRST_RETRY;
        while (true) {
            try {
                synchronized (this) {
                    Optional<Snapshot> last = changed();
                    if (last.isPresent()) {
                        save(last.get());
                    }
                }
                return;
            } catch (StateLink.Refused e) {
                throw e;
            } catch (IOException e) {
                if (System.nanoTime() - start > patience.toNanos()) {
                    throw e;
                }
                log.warn("the last state was not taken; trying again: {}", e.getMessage());
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_RETRY) < 0 ? pause.multipliedBy(2) : LONGEST_RETRY;
            }
        }
    }

    void close() throws InterruptedException {
        copying.interrupt();
        saving.interrupt();
        copying.join();
        saving.join();
    }
}

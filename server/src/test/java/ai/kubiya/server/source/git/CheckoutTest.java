package ai.kubiya.server.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are deleted, perhaps while somebody else is still at work in them. */
class CheckoutTest {

    @Test
    void isDeletedWhileOthersDeleteInIt(@TempDir Path place) throws IOException, InterruptedException {
        for (int round = 0; round < 100; round++) {
            Path checkout = place.resolve("checkout-" + round);
            Path folder = Files.createDirectories(checkout.resolve(".git/objects"));
            List<Path> files = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                files.add(Files.createFile(folder.resolve(i + ".lock")));
            }
            Thread other = Thread.ofPlatform().start(() -> files.forEach(CheckoutTest::deleteIfThere));

            Checkout.delete(checkout);

            other.join();
            assertThat(checkout).doesNotExist();
        }
    }

    private static void deleteIfThere(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void takesNothingBehindALink(@TempDir Path place) throws IOException {
        Path outside = Files.createDirectories(place.resolve("outside"));
        Path kept = Files.createFile(outside.resolve("kept"));
        Path folder = Files.createDirectories(place.resolve("checkout"));
        Files.createSymbolicLink(folder.resolve("link"), outside);

        Checkout.delete(folder);

        assertThat(folder).doesNotExist();
        assertThat(kept).exists();
    }
}

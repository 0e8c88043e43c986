package ai.kubiya.runner.remote;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * This process's own directory. Its name stays over restarts, so that the server knows that what the process before held
 * has no holder any more.
 */
final class Instance implements AutoCloseable {
    private final Path folder;
    private final UUID id;
    private final UUID boot = UUID.randomUUID();
    private final FileChannel lock;

    private Instance(Path folder, UUID id, FileChannel lock) {
        this.folder = folder;
        this.id = id;
        this.lock = lock;
    }

    /** Empty when another process has the directory. */
    static @Nullable Instance open(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isOurs(channel)) {
            channel.close();
            return null;
        }
        Path file = folder.resolve("instance");
        if (!Files.exists(file)) {
            Path draft = folder.resolve("instance.new");
            Files.writeString(draft, UUID.randomUUID().toString());
            Files.move(draft, file);
        }
        return new Instance(folder, UUID.fromString(Files.readString(file).strip()), channel);
    }

    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    UUID id() {
        return id;
    }

    UUID boot() {
        return boot;
    }

    Path folder() {
        return folder;
    }

    /** Touches the file that a watch outside can look at. */
    void alive() throws IOException {
        Files.writeString(folder.resolve("alive"), "");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

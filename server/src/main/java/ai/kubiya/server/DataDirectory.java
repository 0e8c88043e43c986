package ai.kubiya.server;

import ai.kubiya.server.source.git.Checkout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** The server's own directory: nobody else may look inside, and one process at a time may use it. */
final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel channel;

    private DataDirectory(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    static DataDirectory open(Path root) throws IOException {
        Files.createDirectories(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        FileChannel channel =
                FileChannel.open(root.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!lock(channel)) {
            channel.close();
            throw new IOException("another server uses the data directory " + root
                    + "; stop it, or give this one another directory with KUBIYA_DATA");
        }
        DataDirectory directory = new DataDirectory(root, channel);
        directory.emptyWorkspace();
        return directory;
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Names this installation, the same after every restart. */
    String nodeName() throws IOException {
        Path file = root.resolve("node-name");
        if (!Files.exists(file) || Files.readString(file).isBlank()) {
            Files.writeString(file, "node-" + UUID.randomUUID());
        }
        return Files.readString(file).trim();
    }

    /** Checkouts and uploads; nothing in it outlives the request that made it. */
    Path workspace() {
        return root.resolve("workspace");
    }

    private void emptyWorkspace() throws IOException {
        if (Files.exists(workspace())) {
            Checkout.delete(workspace());
        }
        Files.createDirectories(workspace());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package ai.kubiya.server.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The master key of an installation that was given none: one line of base64. While a rotation is under way there are more
 * lines, the new key first. It is replaced whole, so that a crash leaves the one or the other.
 */
final class MasterKeyFile {
    private final Path file;

    MasterKeyFile(Path data) {
        this.file = data.resolve("master-key");
    }

    boolean exists() {
        return Files.exists(file);
    }

    Path path() {
        return file;
    }

    List<MasterKey> read() throws IOException {
        List<MasterKey> keys = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                keys.add(MasterKey.parse(line).orElseThrow(this::broken));
            }
        }
        if (keys.isEmpty()) {
            throw broken();
        }
        return keys;
    }

    private IOException broken() {
        return new IOException("the master key in " + file + " is damaged: it must be 32 bytes in base64 on a line of"
                + " their own; restore the file from a backup");
    }

    void write(List<MasterKey> keys) throws IOException {
        String text = keys.stream().map(key -> key.base64() + "\n").collect(Collectors.joining());
        Path fresh = file.resolveSibling("master-key.new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                int _ = channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        // The new name is durable only when its directory is.
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}

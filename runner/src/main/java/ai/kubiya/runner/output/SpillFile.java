package ai.kubiya.runner.output;

import ai.kubiya.protocol.RunEvent;
import ai.kubiya.protocol.remote.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events of one run that memory has no room for, in the order in which they came. Not for several threads. */
public final class SpillFile {
    private static final Logger log = LoggerFactory.getLogger(SpillFile.class);
    private static final String SUFFIX = ".events";

    private final Path path;
    private final long most;
    private @Nullable RandomAccessFile file;
    private long readAt;
    private long writeAt;

    /**
     * A file that is made when it is needed.
     *
     * @param most bytes that it may have
     */
    public SpillFile(Path folder, UUID execution, long most) {
        this.path = folder.resolve(execution + SUFFIX);
        this.most = most;
    }

    /** Removes what a process that was killed left behind. */
    public static void sweep(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.filter(one -> one.toString().endsWith(SUFFIX)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log.warn("cannot remove left-over output in {}: {}", folder, e.getMessage());
        }
    }

    boolean isEmpty() {
        return readAt == writeAt;
    }

    /** False when there is no room. */
    boolean add(RunEvent event) {
        try {
            byte[] bytes = Wire.MAPPER.writeValueAsBytes(event);
            if (writeAt + bytes.length + Integer.BYTES > most) {
                return false;
            }
            RandomAccessFile out = opened();
            out.seek(writeAt);
            out.writeInt(bytes.length);
            out.write(bytes);
            writeAt = out.getFilePointer();
            return true;
        } catch (IOException e) {
            log.warn("output of a run waits in memory, because {} takes none: {}", path, e.getMessage());
            return false;
        }
    }

    private RandomAccessFile opened() throws IOException {
        if (file == null) {
            Files.createDirectories(
                    path.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            file = new RandomAccessFile(path.toFile(), "rw");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        }
        return file;
    }

    /** Takes the oldest events, of at least one byte and about so many. */
    List<RunEvent> take(long bytes) {
        List<RunEvent> taken = new ArrayList<>();
        if (isEmpty() || file == null) {
            return taken;
        }
        try {
            long end = Math.min(writeAt, readAt + bytes);
            file.seek(readAt);
            while (readAt < end) {
                byte[] one = new byte[file.readInt()];
                file.readFully(one);
                readAt = file.getFilePointer();
                taken.add(Wire.MAPPER.readValue(one, RunEvent.class));
            }
            if (isEmpty()) {
                file.setLength(0);
                readAt = 0;
                writeAt = 0;
            }
            return taken;
        } catch (EOFException e) {
            throw new IllegalStateException(path + " is shorter than what was written to it", e);
        } catch (IOException e) {
            throw new IllegalStateException(path + " cannot be read", e);
        }
    }

    void close() {
        readAt = 0;
        writeAt = 0;
        if (file == null) {
            return;
        }
        try {
            file.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warn("cannot remove {}: {}", path, e.getMessage());
        }
        file = null;
    }
}

package ai.kubiya.runner.executor;

import ai.kubiya.protocol.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one run on the host. Others on the host cannot enter it; what is inside is readable by anybody, because
 * an image may run its tool as any user.
 */
final class RunFolder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunFolder.class);

    private final Path root;

    private RunFolder(Path root) {
        this.root = root;
    }

    static RunFolder create(Path state) throws IOException {
        Path runs = Files.createDirectories(state.resolve("runs"));
        RunFolder folder = new RunFolder(runs.resolve(UUID.randomUUID().toString()));
        Files.createDirectory(folder.root, permissions("rwx------"));
        return folder;
    }

    /** Removes what a runner that was killed left behind. */
    static void sweep(Path state) {
        Path runs = state.resolve("runs");
        if (!Files.isDirectory(runs)) {
            return;
        }
        try (Stream<Path> left = Files.list(runs)) {
            left.forEach(folder -> new RunFolder(folder).close());
        } catch (IOException e) {
            log.warn("cannot look for left-over runs in {}: {}", runs, e.getMessage());
        }
    }

    Path path(String name) {
        return root.resolve(name);
    }

    Path write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    /** The folder that the tool sees: its content and its scripts. */
    Path writeScripts(Job job, String start) throws IOException {
        Path scripts = Files.createDirectory(root.resolve("in"));
        Files.setPosixFilePermissions(scripts, PosixFilePermissions.fromString("rwxr-xr-x"));
        write("in/tool", job.content());
        write("in/start", start);
        if (job.run().onStart() != null) {
            write("in/on_start", job.run().onStart());
        }
        return scripts;
    }

    /** The run's files on the host, and where the tool wants them. */
    Map<Path, String> writeFiles(List<RunFile> files, String home, String work) throws IOException {
        Map<Path, String> placed = new LinkedHashMap<>();
        for (RunFile file : files) {
            Path source = write("file" + placed.size(), file.content());
            placed.put(source, Destination.of(file.destination(), home, work));
        }
        return placed;
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            log.warn("cannot remove {}: {}", root, e.getMessage());
        }
    }

    private static FileAttribute<?> permissions(String rights) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
    }
}

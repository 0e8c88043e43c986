package ai.kubiya.server.testing;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Our programs in processes of their own. Tests start some hundred of them, so each takes its classes from an archive that the
 * first one leaves when it ends: that saves a third of the CPU that a start costs.
 */
public final class JavaProgram {
    private JavaProgram() {}

    /** Made when the first one is started. */
    private static final class Prepared {
        static final Path FOLDER = Folders.make("kubiya-classes-");
        static final String CLASS_PATH = Stream.of(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .map(entry -> Files.isDirectory(entry) ? packed(entry) : entry)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(FOLDER)));
        }

        /** Archives are of classes in files only. */
        private static Path packed(Path classes) {
            try {
                Path packed = Files.createTempFile(FOLDER, "classes-", ".jar");
                try (OutputStream out = Files.newOutputStream(packed);
                        ZipOutputStream zip = new ZipOutputStream(out);
                        Stream<Path> files = Files.walk(classes)) {
                    zip.setLevel(Deflater.BEST_SPEED);
                    for (Path file : files.filter(file -> !file.equals(classes)).toList()) {
                        boolean folder = Files.isDirectory(file);
                        // Folders as well: what looks for resources in them asks whether they are there.
                        zip.putNextEntry(new ZipEntry(classes.relativize(file) + (folder ? "/" : "")));
                        if (!folder) {
                            Files.copy(file, zip);
                        }
                    }
                }
                return packed;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * What starts a program; its arguments are to be added.
     *
     * @param megabytes of its heap
     */
    public static List<String> command(int megabytes, String program) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + Prepared.FOLDER.resolve(program + ".jsa"),
                // What it says of classes that it does not archive is nothing that our programs print.
                "-Xlog:disable",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Prepared.CLASS_PATH,
                program));
    }
}

package ai.kubiya.server.project.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a folder within a repository. Links that lead out of the repository are not there. */
record ModuleFiles(Path repository, Path folder) {
    private static final int MOST_FILES = 1000;
    private static final int LARGEST_FILE = 1 << 20;
    private static final int LARGEST_README = 64 << 10;

    /** Terraform's files in the order in which it reads them: overrides last. */
    List<Path> code() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> name(file).endsWith(".tf") || name(file).endsWith(".tf.json"))
                    .filter(file -> !name(file).startsWith("."))
                    .filter(this::isInside)
                    .filter(Files::isRegularFile)
                    .sorted((a, b) -> isOverride(a) == isOverride(b)
                            ? name(a).compareTo(name(b))
                            : Boolean.compare(isOverride(a), isOverride(b)))
                    .limit(MOST_FILES)
                    .toList();
        }
    }

    static boolean isOverride(Path file) {
        return name(file).matches("(.*_)?override\\.tf(\\.json)?");
    }

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    boolean isInside(Path file) {
        try {
            return file.toRealPath().startsWith(repository.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /** Empty when it is too large. */
    static Optional<String> read(Path file) throws IOException {
        return Files.size(file) > LARGEST_FILE ? Optional.empty() : Optional.of(start(file, LARGEST_FILE));
    }

    private static String start(Path file, int bytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            // No NUL: a JSON document of the database cannot hold it.
            return new String(in.readNBytes(bytes), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
        }
    }

    String readme() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> readme = files.filter(
                            file -> name(file).toLowerCase(Locale.ROOT).matches("readme(\\.(md|markdown|txt))?"))
                    .filter(this::isInside)
                    .filter(Files::isRegularFile)
                    .min((a, b) -> name(a).compareTo(name(b)));
            return readme.isEmpty() ? "" : start(readme.get(), LARGEST_README);
        }
    }
}

package ai.kubiya.server.source.discovery;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The files of a source that discovery may look at, sorted by path. Hidden folders, those of package managers and tests
 * are left out, and so is whatever a link reaches outside of the root.
 *
 * @param root real path
 * @param overflowed whether there were more files than are ever read
 */
record SourceTree(Path root, List<Path> toolFiles, List<Path> pythonFiles, boolean overflowed) {

    static final int MOST_FILES = 50_000;

    private static final Set<String> SKIPPED =
            Set.of("node_modules", "__pycache__", "site-packages", "venv", "tests", "test", "dist");

    static SourceTree of(Path folder) throws IOException {
        Path root = folder.toRealPath();
        List<Path> toolFiles = new ArrayList<>();
        List<Path> pythonFiles = new ArrayList<>();
        boolean[] overflowed = {false};
        int[] seen = {0};
        // Links are not followed: a linked folder inside the root is found under its own name.
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.equals(root) || !skipped(directory)
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (++seen[0] > MOST_FILES) {
                    overflowed[0] = true;
                    return FileVisitResult.TERMINATE;
                }
                String name = file.getFileName().toString();
                if (name.startsWith(".") || !within(root, file, attributes)) {
                    return FileVisitResult.CONTINUE;
                }
                if (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) {
                    toolFiles.add(file);
                } else if (name.endsWith(".py")) {
                    pythonFiles.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(toolFiles);
        Collections.sort(pythonFiles);
        return new SourceTree(root, toolFiles, pythonFiles, overflowed[0]);
    }

    /** With forward slashes on every system. */
    String relative(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private static boolean skipped(Path directory) {
        String name = directory.getFileName().toString();
        return name.startsWith(".")
                || SKIPPED.contains(name)
                || name.endsWith(".egg-info")
                || (name.equals("build") && Files.isDirectory(directory.resolve("lib")))
                || Files.isRegularFile(directory.resolve("pyvenv.cfg"))
                // A chart's templates are not YAML before Helm has rendered them.
                || (name.equals("templates") && Files.isRegularFile(directory.resolveSibling("Chart.yaml")));
    }

    private static boolean within(Path root, Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            return true;
        }
        try {
            Path real = file.toRealPath();
            return attributes.isSymbolicLink() && real.startsWith(root) && Files.isRegularFile(real);
        } catch (IOException broken) {
            return false;
        }
    }
}

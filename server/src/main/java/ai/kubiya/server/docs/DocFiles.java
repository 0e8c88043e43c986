package ai.kubiya.server.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The packaged pages: Markdown by its path in the repository. */
final class DocFiles {
    private static final String FOLDER = "/documentation";
    /** The page of all pages; surely in the folder. */
    static final String INDEX = "docs/README.md";

    private DocFiles() {}

    /** Empty when the server was built without them. */
    static Map<String, String> read() {
        URL mark = DocFiles.class.getResource(FOLDER + "/" + INDEX);
        if (mark == null) {
            return Map.of();
        }
        Map<String, String> files = new TreeMap<>();
        try {
            URI uri = mark.toURI();
            if (uri.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                    collect(jar.getPath(FOLDER), files);
                }
            } else {
                collect(Path.of(uri).resolveSibling("..").normalize(), files);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return files;
    }

    private static void collect(Path folder, Map<String, String> files) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path :
                    paths.filter(found -> found.toString().endsWith(".md")).toList()) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
            }
        }
    }
}

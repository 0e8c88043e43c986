package ai.kubiya.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The files of the web app, by their path below it, and the libraries that they import. */
final class WebFiles {
    private static final String FOLDER = "/webapp";
    /** Not a part of the app, but surely in its folder. */
    private static final String MARK = FOLDER + "/index.html";

    private static final String JAR = "/META-INF/resources/webjars/";
    private static final String MVN = "/META-INF/resources/_static/";

    /** Libraries by the name under which they are served. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "lib/preact.js", JAR + "preact/10.28.0/dist/preact.module.js",
            "lib/preact-hooks.js", JAR + "preact/10.28.0/hooks/dist/hooks.module.js",
            "lib/htm.js", MVN + "htm/3.1.1/dist/htm.mjs",
            "lib/marked.js", JAR + "marked/16.4.1/lib/marked.esm.js",
            "lib/purify.js", JAR + "dompurify/3.3.1/dist/purify.es.mjs");

    private WebFiles() {}

    static Map<String, byte[]> read() {
        Map<String, byte[]> files = new TreeMap<>();
        try {
            URL mark = WebFiles.class.getResource(MARK);
            if (mark == null) {
                throw new IOException("the server was built without the web app");
            }
            URI uri = mark.toURI();
            if (uri.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                    collect(jar.getPath(FOLDER), files);
                }
            } else {
                collect(Path.of(uri).resolveSibling(""), files);
            }
            for (var library : LIBRARIES.entrySet()) {
                try (InputStream in = WebFiles.class.getResourceAsStream(library.getValue())) {
                    if (in == null) {
                        throw new IOException("the server was built without " + library.getValue());
                    }
                    files.put(library.getKey(), withoutSourceMap(in.readAllBytes()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return files;
    }

    private static void collect(Path folder, Map<String, byte[]> files) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        }
    }

    /** Browsers' tools would ask for maps that are not served. */
    private static byte[] withoutSourceMap(byte[] script) {
        String text = new String(script, StandardCharsets.UTF_8);
        return text.replaceAll("(?m)^//# sourceMappingURL=.*$", "").getBytes(StandardCharsets.UTF_8);
    }
}

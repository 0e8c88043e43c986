package ai.kubiya.server.source.discovery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A source under test: write files into it, then discover. */
final class SourceFolder {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private final Path root;
    private final Path data;
    private Optional<Path> python = PythonDiscovery.findPython();
    private PythonSandbox sandbox = new PlainProcess();
    private ObjectNode dynamicConfig = MAPPER.createObjectNode();

    SourceFolder(Path temporary) {
        root = temporary.resolve("source");
        data = temporary.resolve("data");
    }

    Path root() {
        return root;
    }

    SourceFolder with(String file, String text) {
        return with(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    SourceFolder with(String file, byte[] content) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, content);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    SourceFolder withConfig(String json) throws IOException {
        dynamicConfig = (ObjectNode) MAPPER.readTree(json);
        return this;
    }

    SourceFolder withoutPython() {
        python = Optional.empty();
        return this;
    }

    SourceFolder inside(PythonSandbox other) {
        sandbox = other;
        return this;
    }

    Discovered discover() {
        return discover(root);
    }

    Discovered discover(Path folder) {
        var limits = new PythonDiscovery.Limits(Duration.ofSeconds(2), Duration.ofMinutes(2), 768L << 20, 2L << 30, 2);
        try {
            Files.createDirectories(root);
            Path files = DiscoveryFiles.unpack(data);
            return new Discovery(new PythonDiscovery(sandbox, files, python, limits)).discover(folder, dynamicConfig);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static List<String> names(Discovered discovered) {
        return discovered.tools().stream().map(tool -> tool.definition().name()).toList();
    }
}

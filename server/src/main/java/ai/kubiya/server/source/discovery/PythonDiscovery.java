package ai.kubiya.server.source.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Has python3 import the modules of a source, inside a sandbox, and reads what it writes. */
public final class PythonDiscovery {

    private static final List<Path> USUAL_PLACES =
            List.of(Path.of("/usr/bin/python3"), Path.of("/usr/local/bin/python3"));

    private final PythonSandbox sandbox;
    private final Path files;
    private final Optional<Path> python;
    private final Limits limits;
    private final ObjectMapper mapper = JsonMapper.builder().build();

    /**
     * What a source may use while its modules are imported.
     *
     * @param module how long one module may go without any progress
     * @param all how long the whole source may take
     * @param projectBytes address space of one project's process
     * @param allBytes memory of all of them together
     * @param parallel projects at a time
     */
    public record Limits(Duration module, Duration all, long projectBytes, long allBytes, int parallel) {

        public static Limits usual() {
            int parallel = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
            return new Limits(Duration.ofSeconds(10), Duration.ofMinutes(3), 768L << 20, 2L << 30, parallel);
        }
    }

    /**
     * @param files where {@link DiscoveryFiles} put the modules that run there
     * @param python the interpreter, or empty when there is none; see {@link #findPython()}
     */
    public PythonDiscovery(PythonSandbox sandbox, Path files, Optional<Path> python, Limits limits) {
        this.sandbox = sandbox;
        this.files = files;
        this.python = python;
        this.limits = limits;
    }

    /**
     * The system's own interpreter first: one in somebody's home directory, which the PATH may name, is not in sight
     * inside a sandbox.
     */
    public static Optional<Path> findPython() {
        String path = System.getenv("PATH");
        Stream<Path> onPath = path == null
                ? Stream.empty()
                : Stream.of(path.split(":"))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, "python3"));
        return Stream.concat(USUAL_PLACES.stream(), onPath)
                .filter(Files::isExecutable)
                .findFirst();
    }

    List<Finding> discover(SourceTree tree, ObjectNode dynamicConfig) {
        List<Path> modules =
                tree.pythonFiles().stream().filter(PythonDiscovery::mentionsSdk).toList();
        if (modules.isEmpty()) {
            return List.of();
        }
        if (python.isEmpty()) {
            return withoutPython(tree, modules);
        }
        Map<Path, String> binds = new LinkedHashMap<>();
        binds.put(tree.root(), tree.root().toString());
        binds.put(files, files.toString());
        List<String> command = List.of(
                python.get().toString(),
                "-I",
                files.resolve("discover.py").toString(),
                "--root",
                tree.root().toString(),
                "--output",
                "-");
        PythonSandbox.Result result;
        try {
            // The driver ends by itself; the sandbox's limit is for a driver that does not.
            Duration timeout = limits.all().plusSeconds(20);
            result = sandbox.run(command, binds, request(dynamicConfig), timeout, limits.allBytes());
        } catch (UncheckedIOException failure) {
            String text = "python3 could not be started: " + failure.getMessage();
            return List.of(new Finding.Failed(new DiscoveryError(".", "PythonNotStarted", text, ""), 0));
        }
        return findings(result);
    }

    private byte[] request(ObjectNode dynamicConfig) {
        ObjectNode request = mapper.createObjectNode();
        request.set("dynamic_config", dynamicConfig);
        request.put("per_module_seconds", limits.module().toMillis() / 1000.0);
        request.put("total_seconds", limits.all().toMillis() / 1000.0);
        request.put("memory_bytes", limits.projectBytes());
        request.put("parallel", limits.parallel());
        return request.toString().getBytes(StandardCharsets.UTF_8);
    }

    private List<Finding> findings(PythonSandbox.Result result) {
        List<Finding> findings = new ArrayList<>();
        boolean done = false;
        for (String line :
                new String(result.stdout(), StandardCharsets.UTF_8).lines().toList()) {
            JsonNode message;
            try {
                message = mapper.readTree(line);
            } catch (JsonProcessingException cutShort) {
                continue;
            }
            if (message.path("tool") instanceof ObjectNode tool) {
                String file = tool.path("file_name").asText(".");
                findings.add(new Finding.Tool(tool, file, message.path("line").asInt(0)));
            } else if (message.path("error").isObject()) {
                findings.add(new Finding.Failed(error(message.path("error")), 0));
            } else if (message.has("done")) {
                done = true;
            }
        }
        if (!done) {
            findings.add(new Finding.Failed(unfinished(result), Integer.MAX_VALUE));
        }
        return findings;
    }

    private static DiscoveryError error(JsonNode error) {
        return new DiscoveryError(
                error.path("file").asText("."),
                error.path("type").asText("Error"),
                error.path("error").asText(""),
                error.path("traceback").asText(""));
    }

    private static DiscoveryError unfinished(PythonSandbox.Result result) {
        String why = switch (result.stopped()) {
            case NOTHING -> "python3 ended with exit code " + result.exitCode();
            case TIMEOUT -> "it took too long";
            case MEMORY -> "it used too much memory";
            case OUTPUT -> "it wrote too much";
        };
        String text = "Python discovery did not finish: " + why + "; tools found until then are listed";
        return new DiscoveryError(".", "Unfinished", text, result.stderrTail().strip());
    }

    private static List<Finding> withoutPython(SourceTree tree, List<Path> modules) {
        Set<String> projects = new LinkedHashSet<>();
        for (Path module : modules) {
            Path relative = tree.root().relativize(module);
            projects.add(relative.getNameCount() > 1 ? relative.getName(0).toString() : tree.relative(module));
        }
        List<Finding> findings = new ArrayList<>();
        for (String project : projects) {
            String text = "python3 was not found on the server, so the Python tools here could not be read;"
                    + " install Python 3.9 or newer and sync the source again";
            findings.add(new Finding.Failed(new DiscoveryError(project, "PythonNotFound", text, ""), 0));
        }
        return findings;
    }

    private static boolean mentionsSdk(Path file) {
        try {
            return Files.size(file) > ToolFileReader.LARGEST_FILE
                    || new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("kubiya_sdk");
        } catch (IOException unreadable) {
            return false;
        }
    }
}

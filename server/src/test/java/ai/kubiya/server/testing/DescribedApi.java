package ai.kubiya.server.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The description of the API as the repository has it, read apart from the server's own reading of it. */
public final class DescribedApi {
    private static final String BASE = "https://api.test/openapi.json";
    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");
    private static final DescribedApi REPOSITORY = new DescribedApi(Path.of("../api/openapi.yaml"));

    private final JsonNode document;
    private final SchemaRegistry schemas;
    private final Map<String, Schema> made = new ConcurrentHashMap<>();
    private final List<Operation> operations;
    private final List<Operation> operationsWithAliases;

    /**
     * A part of the description.
     *
     * @param pointer where it stands
     */
    public record Part(String pointer, JsonNode node) {
        public JsonNode at(String name) {
            return node.path(name);
        }
    }

    /**
     * An operation under one of its paths.
     *
     * @param parameters those of its path included
     */
    public record Operation(String method, String pattern, Part part, List<Part> parameters) {
        public String id() {
            return part.at("operationId").asText();
        }

        public String scope() {
            return part.at("x-scope").asText();
        }

        public boolean hasIdInPath() {
            return pattern.contains("{");
        }

        @Override
        public String toString() {
            return method + " " + pattern;
        }
    }

    private DescribedApi(Path file) {
        try {
            document = new YAMLMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String json = document.toString();
        schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(BASE, json))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .pathType(PathType.JSON_POINTER)
                                .formatAssertionsEnabled(true)
                                .build()));
        operations = List.copyOf(read(false));
        operationsWithAliases = List.copyOf(read(true));
    }

    public static DescribedApi ofRepository() {
        return REPOSITORY;
    }

    /** Whether OpenAPI has a word for a method; it has none for LOCK and UNLOCK. */
    public static boolean canDescribe(String method) {
        return !List.of("LOCK", "UNLOCK").contains(method);
    }

    public JsonNode document() {
        return document;
    }

    /** Each operation under its own path; with aliases also under the other names of that path. */
    public List<Operation> operations(boolean withAliases) {
        return withAliases ? operationsWithAliases : operations;
    }

    private List<Operation> read(boolean withAliases) {
        List<Operation> all = new ArrayList<>();
        document.path("paths").properties().forEach(path -> {
            addOperations(path.getKey(), path.getKey(), all);
            if (withAliases) {
                document.path("x-aliases").properties().forEach(alias -> {
                    String original = alias.getValue().asText();
                    if ((path.getKey() + "/").startsWith(original + "/")) {
                        String other = alias.getKey() + path.getKey().substring(original.length());
                        addOperations(other, path.getKey(), all);
                    }
                });
            }
        });
        return all;
    }

    private void addOperations(String pattern, String original, List<Operation> all) {
        Part item = part("/paths/" + escaped(original));
        for (String method : METHODS) {
            if (item.node().has(method)) {
                Part operation = child(item, method);
                List<Part> parameters = new ArrayList<>(elements(child(item, "parameters")));
                parameters.addAll(elements(child(operation, "parameters")));
                all.add(new Operation(method.toUpperCase(Locale.ROOT), pattern, operation, List.copyOf(parameters)));
            }
        }
    }

    /** The operation that answers a path; its method is GET for HEAD. */
    Optional<Operation> find(String method, String path) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        return onPath(path).stream()
                .filter(operation -> operation.method().equals(wanted))
                .findFirst();
    }

    /** The operations of the path's most literal pattern. */
    List<Operation> onPath(String path) {
        List<Operation> fitting = operations(true).stream()
                .filter(operation -> fits(operation.pattern(), path))
                .toList();
        Optional<String> best = fitting.stream()
                .map(Operation::pattern)
                .min((one, other) -> one.replace("{", "~").compareTo(other.replace("{", "~")));
        return fitting.stream()
                .filter(operation -> operation.pattern().equals(best.orElseThrow()))
                .toList();
    }

    private static boolean fits(String pattern, String path) {
        String[] wanted = pattern.split("/", -1);
        String[] there = path.split("/", -1);
        if (wanted.length != there.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            boolean any = wanted[i].startsWith("{") && !there[i].isEmpty();
            if (!any && !wanted[i].equals(there[i])) {
                return false;
            }
        }
        return true;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** What stands at a pointer, or what the reference there leads to. */
    public Part part(String pointer) {
        JsonNode node = document.at(pointer);
        return node.path("$ref").isTextual() ? part(node.path("$ref").asText().substring(1)) : new Part(pointer, node);
    }

    public Part child(Part part, String name) {
        return part(part.pointer() + "/" + escaped(name));
    }

    /** The members of an array, or those of an object. */
    public List<Part> elements(Part part) {
        List<Part> found = new ArrayList<>();
        if (part.node().isArray()) {
            for (int i = 0; i < part.node().size(); i++) {
                found.add(child(part, Integer.toString(i)));
            }
        } else {
            part.node().fieldNames().forEachRemaining(name -> found.add(child(part, name)));
        }
        return found;
    }

    /** The examples of a media type. */
    public List<JsonNode> examples(Part media) {
        List<JsonNode> found = new ArrayList<>();
        if (media.node().has("example")) {
            found.add(media.at("example"));
        }
        elements(child(media, "examples")).forEach(example -> found.add(example.at("value")));
        return found;
    }

    /** What is wrong with a value; empty when it is as the schema says. */
    public List<String> problems(Part schema, JsonNode value) {
        // A fragment of a url takes few characters as they are.
        String fragment = schema.pointer().replace("{", "%7B").replace("}", "%7D");
        // By way of a reference: the registry would read the whole description anew for each place in it.
        return made
                .computeIfAbsent(
                        fragment,
                        place -> schemas.getSchema(
                                JsonNodeFactory.instance.objectNode().put("$ref", BASE + "#" + place)))
                .validate(value)
                .stream()
                .map(Object::toString)
                .toList();
    }
}

package ai.kubiya.server.project.code;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.code.HclBody.Block;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a module and the modules of the same repository that it uses. */
public final class ModuleReader {
    private static final String OUTSIDE = ", which is outside of the repository";
    private static final int DEEPEST = 8;
    private static final int MOST_RESOURCES = 5000;
    private static final Pattern REFERENCE = Pattern.compile("\\bvar\\.([\\p{L}_][\\p{L}\\p{N}_-]*)");

    private final Path repository;
    private final ArrayNode resources = Json.array();
    private final ArrayNode modules = Json.array();
    private final ArrayNode errors = Json.array();
    private final Map<String, ObjectNode> providers = new TreeMap<>();

    private ModuleReader(Path repository) {
        this.repository = repository;
    }

    /**
     * Reads.
     *
     * @param repository nothing outside of it is looked at
     * @param folder the module
     */
    public static ModuleCode read(Path repository, Path folder) throws IOException {
        return new ModuleReader(repository).module(folder);
    }

    private ModuleCode module(Path folder) throws IOException {
        ModuleFiles files = new ModuleFiles(repository, folder);
        List<Block> blocks = blocks(files);
        Map<String, DeclaredVariable> variables = new LinkedHashMap<>();
        Map<String, ObjectNode> outputs = new LinkedHashMap<>();
        String version = "";
        for (Block block : blocks) {
            switch (block.type()) {
                case "variable" -> variables.put(block.label(0), Declarations.variable(block));
                case "output" -> outputs.put(block.label(0), output(block));
                case "terraform" -> version = Declarations.text(block.body(), "required_version");
                default -> {
                    // The rest is read below, with that of the modules within.
                }
            }
        }
        content(blocks, folder, "", 0);
        ObjectNode json = Json.object();
        ArrayNode declared = json.putArray("variables");
        variables.values().forEach(variable -> declared.add(variable.toJson()));
        json.putArray("providers").addAll(providers.values());
        json.set("resources", resources);
        json.putArray("outputs").addAll(outputs.values());
        json.set("modules", modules);
        json.put("required_version", version).put("readme", files.readme());
        json.set("errors", errors);
        return new ModuleCode(json);
    }

    private List<Block> blocks(ModuleFiles files) throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path file : files.code()) {
            Optional<String> text = ModuleFiles.read(file);
            try {
                if (text.isEmpty()) {
                    throw new HclException(1, "is larger than 1 MiB");
                }
                HclBody body = ModuleFiles.name(file).endsWith(".json")
                        ? JsonSyntax.parse(text.get())
                        : HclParser.parse(text.get());
                if (ModuleFiles.isOverride(file)) {
                    Overrides.merge(blocks, body.blocks());
                } else {
                    blocks.addAll(body.blocks());
                }
            } catch (HclException e) {
                error(file, e.line(), e.words());
            }
        }
        return blocks;
    }

    private void error(Path file, int line, String message) {
        errors.addObject()
                .put("file", repository.relativize(file).toString())
                .put("line", line)
                .put("message", message);
    }

    private static ObjectNode output(Block block) {
        return Json.object()
                .put("name", block.label(0))
                .put("description", Declarations.text(block.body(), "description"))
                .put("sensitive", Declarations.flag(block.body(), "sensitive", false));
    }

    private void content(List<Block> blocks, Path folder, String module, int depth) throws IOException {
        for (Block block : blocks) {
            switch (block.type()) {
                case "terraform" -> block.body().blocks("required_providers").forEach(this::requiredProviders);
                case "provider" -> provider(block.label(0), "", "");
                case "resource", "data" -> resource(block, module);
                case "module" -> call(block, folder, module, depth);
                default -> {
                    // Nothing that a project shows.
                }
            }
        }
    }

    private void requiredProviders(Block block) {
        block.body().attributes().forEach(attribute -> {
            Optional<JsonNode> value = HclLiteral.parse(attribute.expression());
            String source = value.map(one -> one.path("source").asText("")).orElse("");
            String version = value.map(one ->
                            one.isTextual() ? one.asText() : one.path("version").asText(""))
                    .orElse("");
            provider(attribute.name(), source, version);
        });
    }

    private void provider(String name, String source, String version) {
        ObjectNode known = providers.computeIfAbsent(
                name, _ -> Json.object().put("name", name).put("source", "").put("version", ""));
        if (!source.isEmpty()) {
            known.put("source", source);
        }
        if (!version.isEmpty()) {
            known.put("version", version);
        }
    }

    private void resource(Block block, String module) {
        String type = block.label(0);
        boolean data = block.type().equals("data");
        String provider = block.body()
                .expression("provider")
                .map(expression -> expression.replaceFirst("\\..*$", ""))
                .orElse(type.replaceFirst("_.*$", ""));
        if (!provider.equals("terraform")) {
            provider(provider, "", "");
        }
        if (resources.size() < MOST_RESOURCES) {
            ObjectNode json = resources
                    .addObject()
                    .put("address", module + (data ? "data." : "") + type + "." + block.label(1))
                    .put("type", type)
                    .put("name", block.label(1))
                    .put("provider", provider)
                    .put("mode", data ? "data" : "managed");
            json.set("variables", Json.array(references(block.body())));
        }
    }

    private static Set<String> references(HclBody body) {
        Set<String> names = new TreeSet<>();
        body.attributes().forEach(attribute -> {
            Matcher reference = REFERENCE.matcher(attribute.expression());
            while (reference.find()) {
                names.add(reference.group(1));
            }
        });
        body.blocks().forEach(inner -> names.addAll(references(inner.body())));
        return names;
    }

    /** A call of a module; one that lies in the repository is read too. */
    private void call(Block block, Path folder, String module, int depth) throws IOException {
        String source = Declarations.text(block.body(), "source");
        String name = module + "module." + block.label(0);
        modules.addObject()
                .put("name", name)
                .put("source", source)
                .put("version", Declarations.text(block.body(), "version"));
        if (!source.startsWith("./") && !source.startsWith("../")) {
            return;
        }
        Path inner = folder.resolve(source).normalize();
        if (!inner.startsWith(repository)
                || (Files.exists(inner) && !new ModuleFiles(repository, inner).isInside(inner))) {
            error(folder, block.line(), outside(name, source));
        } else if (!Files.isDirectory(inner)) {
            error(folder, block.line(), name + " is to be at " + source + ", and there is no such folder");
        } else if (depth < DEEPEST) {
            content(blocks(new ModuleFiles(repository, inner)), inner, name + ".", depth + 1);
        }
    }

    private static String outside(String name, String source) {
        return name + " is to be at " + source + OUTSIDE;
    }

    /** What was found about a module that lies outside of the repository; empty when none does. */
    public static Optional<String> outside(ModuleCode code) {
        return code.list("errors")
                .valueStream()
                .map(error -> error.path("message").asText())
                .filter(message -> message.endsWith(OUTSIDE))
                .findFirst();
    }
}

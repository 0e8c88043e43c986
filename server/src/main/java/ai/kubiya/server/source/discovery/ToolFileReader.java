package ai.kubiya.server.source.discovery;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads tools and workflows from a YAML or JSON file. Repositories are full of such files that have nothing to do with
 * tools (pipelines, charts, manifests, lock files): those yield nothing, not even when they are broken.
 */
final class ToolFileReader {

    static final int LARGEST_FILE = 4 * 1024 * 1024;

    /** Files without any of these words cannot define anything. */
    private static final Pattern WORDS = Pattern.compile("\\b(?:tools|content|entrypoint|image|steps|workflows)\\b");

    // No pattern here may run over several lines: the text is anybody's, and may be made to be slow to search.

    /** What a file must show for its mistakes to be worth telling: a list of ours, or both of a tool's own fields. */
    private static final Pattern LIST = Pattern.compile(
            "^[ \\t]*[\"']?(?:tools|workflows)[\"']?[ \\t]*:|\"(?:tools|workflows)\"[ \\t]*:", Pattern.MULTILINE);

    private static final Pattern NAME = Pattern.compile("^name[ \\t]*:", Pattern.MULTILINE);
    private static final Pattern CONTENT = Pattern.compile("^content[ \\t]*:", Pattern.MULTILINE);

    /** Fields that only a tool of ours has, as far as lists called "tools" go. */
    private static final Set<String> TOOL_FIELDS =
            Set.of("content", "entrypoint", "image", "args", "with_files", "with_services", "with_volumes");

    private static final Set<String> STEP_FIELDS = Set.of("command", "run", "script", "executor");

    private final ObjectMapper json = JsonMapper.builder().build();
    private final YamlReader yaml = new YamlReader();

    List<Finding> read(String name, Path file) {
        byte[] bytes;
        try (InputStream stream = Files.newInputStream(file)) {
            bytes = stream.readNBytes(LARGEST_FILE + 1);
        } catch (IOException failure) {
            return List.of(failed(name, "Unreadable", "the file could not be read"));
        }
        // Latin-1 never fails; it serves to find the words only.
        String glance = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!WORDS.matcher(glance).find()) {
            return List.of();
        }
        boolean meant = LIST.matcher(glance).find()
                || (NAME.matcher(glance).find() && CONTENT.matcher(glance).find());
        try {
            if (bytes.length > LARGEST_FILE) {
                throw new ToolFileException(
                        "TooLarge", "the file is larger than " + LARGEST_FILE / 1024 / 1024 + " MiB and was not read");
            }
            return findings(name, documents(name, text(bytes)));
        } catch (ToolFileException problem) {
            return meant ? List.of(failed(name, problem.type(), problem.text())) : List.of();
        }
    }

    private List<JsonNode> documents(String name, String text) throws ToolFileException {
        if (!name.endsWith(".json")) {
            return yaml.read(text);
        }
        try {
            return List.of(json.readTree(text));
        } catch (JsonProcessingException problem) {
            JsonLocation at = problem.getLocation();
            String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            throw new ToolFileException("InvalidJson", where + problem.getOriginalMessage());
        }
    }

    private static String text(byte[] bytes) throws ToolFileException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException problem) {
            throw new ToolFileException("NotUtf8", "the file is not UTF-8 text");
        }
    }

    private static List<Finding> findings(String name, List<JsonNode> documents) {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode document : documents) {
            if (!(document instanceof ObjectNode object) || isManifest(object)) {
                continue;
            }
            if (listsTools(object.path("tools"))) {
                object.path("tools").forEach(item -> add(findings, name, item));
            } else if (isTool(object)) {
                findings.add(new Finding.Tool(object, name, findings.size()));
            }
            if (object.path("workflows").isArray()) {
                for (JsonNode item : object.path("workflows")) {
                    if (isWorkflow(item) && item instanceof ObjectNode workflow) {
                        findings.add(new Finding.Workflow(workflow, name, findings.size()));
                    }
                }
            } else if (isWorkflow(object)) {
                findings.add(new Finding.Workflow(object, name, findings.size()));
            }
        }
        return findings;
    }

    private static void add(List<Finding> findings, String name, JsonNode item) {
        if (item instanceof ObjectNode tool) {
            findings.add(new Finding.Tool(tool, name, findings.size()));
        } else {
            String text = "an entry of \"tools\" must be an object";
            findings.add(new Finding.Failed(new DiscoveryError(name, "InvalidTool", text, ""), findings.size()));
        }
    }

    private static boolean isManifest(ObjectNode object) {
        return object.has("apiVersion") && object.has("kind");
    }

    /** Other programs have lists called "tools" too: one entry must look like ours before all count. */
    private static boolean listsTools(JsonNode tools) {
        if (!tools.isArray()) {
            return false;
        }
        for (JsonNode item : tools) {
            if (item.isObject() && TOOL_FIELDS.stream().anyMatch(item::has)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTool(ObjectNode object) {
        boolean runs = object.path("content").isTextual()
                || (object.path("entrypoint").isArray() && object.path("image").isTextual());
        boolean described =
                object.has("description") || object.has("type") || object.has("args") || object.has("image");
        return object.path("name").isTextual() && runs && described;
    }

    private static boolean isWorkflow(JsonNode object) {
        JsonNode steps = object.path("steps");
        if (!object.path("name").isTextual() || !steps.isArray() || steps.isEmpty()) {
            return false;
        }
        for (JsonNode step : steps) {
            if (!step.path("name").isTextual() || STEP_FIELDS.stream().noneMatch(step::has)) {
                return false;
            }
        }
        return true;
    }

    private static Finding failed(String name, String type, String text) {
        return new Finding.Failed(new DiscoveryError(name, type, text, ""), 0);
    }
}

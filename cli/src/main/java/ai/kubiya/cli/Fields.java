package ai.kubiya.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command sends: a file of JSON or YAML, and single fields over it. */
final class Fields {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();

    private Fields() {}

    /**
     * The body.
     *
     * @param file its path; {@code -} is standard input; null = none
     * @param fields each {@code name=value}; a value that is JSON is taken as that, {@code @FILE} is the text of a file
     */
    static ObjectNode read(@Nullable String file, List<String> fields, InputStream in) {
        ObjectNode body = JSON.createObjectNode();
        if (file != null) {
            JsonNode tree = parse(file, in);
            if (!(tree instanceof ObjectNode object)) {
                throw new Failure(ExitCode.USAGE, "The file " + file + " must hold one object.");
            }
            body = object;
        }
        for (String field : fields) {
            int equals = field.indexOf('=');
            if (equals < 1) {
                throw new Failure(ExitCode.USAGE, "\"" + field + "\" is not of the form name=value.");
            }
            put(body, field.substring(0, equals), value(field.substring(equals + 1)));
        }
        return body;
    }

    private static JsonNode parse(String file, InputStream in) {
        try {
            return file.equals("-")
                    ? YAML.readTree(in)
                    : YAML.readTree(Path.of(file).toFile());
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.USAGE, "The file " + file + " cannot be read as JSON or YAML: " + e.getMessage());
        }
    }

    /** A name with dots reaches into an object. */
    private static void put(ObjectNode body, String name, JsonNode value) {
        ObjectNode at = body;
        String[] words = name.split("\\.");
        for (int i = 0; i < words.length - 1; i++) {
            at = at.path(words[i]) instanceof ObjectNode inner ? inner : at.putObject(words[i]);
        }
        at.set(words[words.length - 1], value);
    }

    static JsonNode value(String text) {
        if (text.startsWith("@")) {
            try {
                return TextNode.valueOf(Files.readString(Path.of(text.substring(1))));
            } catch (IOException e) {
                throw new Failure(
                        ExitCode.USAGE, "The file " + text.substring(1) + " cannot be read: " + e.getMessage());
            }
        }
        try {
            JsonNode node = text.isBlank() ? null : JSON.readTree(text);
            return node == null || node.isMissingNode() ? TextNode.valueOf(text) : node;
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}

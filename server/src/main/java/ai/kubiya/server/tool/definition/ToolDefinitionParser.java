package ai.kubiya.server.tool.definition;

import ai.kubiya.server.approval.ApprovalRule;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tool definition as the API, YAML files and Python modules write it. Forgiving about spelling (a mapping of
 * arguments, {@code "false"} for false, {@code integer} for int), strict about meaning.
 */
public final class ToolDefinitionParser {

    private static final int LONGEST_NAME = 128;
    // Names stand in URLs, file names and tool calls of language models. Spaces occur in real repositories.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_. -]*[A-Za-z0-9_.-])?");
    // An argument is an environment variable and a word of the template.
    private static final Pattern ARGUMENT_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*([smhSMH]?)");

    private ToolDefinitionParser() {}

    public static ParsedTool parse(JsonNode json) {
        if (!(json instanceof ObjectNode object)) {
            return new ParsedTool.Invalid(List.of(new Problem("", "must be an object, got " + Fields.kind(json))));
        }
        List<Problem> problems = new ArrayList<>();
        ToolDefinition definition = read(new Fields(object, "", problems), problems);
        return problems.isEmpty() ? new ParsedTool.Valid(definition) : new ParsedTool.Invalid(problems);
    }

    private static ToolDefinition read(Fields fields, List<Problem> problems) {
        String image = blankToNull(fields.text("image"));
        List<String> entrypoint = fields.texts("entrypoint");
        String content = fields.text("content");
        JsonNode workflow = fields.node("workflow");
        ToolType type = type(fields, image);
        boolean saysWhatRuns = (content != null && !content.isBlank())
                || !entrypoint.isEmpty()
                || workflow != null
                || image != null
                || type == ToolType.MCP;
        if (!saysWhatRuns && !fields.hasProblem("content")) {
            fields.problem("content", "is required: nothing else says what runs (entrypoint, image or workflow)");
        }
        List<Argument> args = fields.objects("args", (item, pointer) -> argument(new Fields(item, pointer, problems)));
        refuseRepeated(args, fields);
        String name = fields.requiredText("name").strip();
        if (!name.isEmpty()
                && (name.length() > LONGEST_NAME || !NAME.matcher(name).matches())) {
            fields.problem(
                    "name",
                    "may have letters, digits, spaces and _ - . only, and at most " + LONGEST_NAME + " characters");
        }
        ToolDefinition definition = new ToolDefinition(
                name,
                fields.requiredText("description").strip(),
                type,
                image,
                content == null ? "" : content,
                args,
                fields.texts("env"),
                fields.texts("secrets"),
                fields.objects("with_files", (item, pointer) -> file(new Fields(item, pointer, problems))),
                fields.objects("with_volumes", (item, pointer) -> volume(new Fields(item, pointer, problems))),
                fields.objects("with_services", (item, pointer) -> service(new Fields(item, pointer, problems))),
                entrypoint,
                blankToNull(fields.text("on_start")),
                blankToNull(fields.text("on_build")),
                blankToNull(fields.text("on_complete")),
                workflow,
                fields.flag("long_running"),
                timeout(fields),
                blankToNull(fields.text("alias")),
                blankToNull(fields.text("icon_url")),
                blankToNull(fields.text("mermaid")),
                metadata(fields),
                fields.texts("dependencies"),
                blankToNull(fields.text("file_name")),
                source(fields),
                rest(fields));
        ApprovalRule.of(
                definition.extra().path(ApprovalRule.FIELD),
                "/" + ApprovalRule.FIELD,
                (pointer, message) -> problems.add(new Problem(pointer, message)));
        return definition;
    }

    /** What has no meaning here stays as it came; {@code network} has one when the tool runs. */
    private static ObjectNode rest(Fields fields) {
        ObjectNode rest = fields.rest();
        if (rest.hasNonNull("network")) {
            rest.put("network", fields.flag("network"));
        } else {
            rest.remove("network");
        }
        return rest;
    }

    private static ToolType type(Fields fields, @Nullable String image) {
        String written = blankToNull(fields.text("type"));
        ToolType otherwise = image == null ? ToolType.SCRIPT : ToolType.DOCKER;
        if (written == null) {
            return otherwise;
        }
        return ToolType.of(written).orElseGet(() -> {
            fields.problem("type", "must be docker, script, python or mcp, got \"" + written + "\"");
            return otherwise;
        });
    }

    private static Argument argument(Fields fields) {
        String name = fields.requiredText("name").strip();
        if (!name.isEmpty()
                && (name.length() > LONGEST_NAME || !ARGUMENT_NAME.matcher(name).matches())) {
            fields.problem("name", "must start with a letter or _ and have letters, digits, _ and - only");
        }
        ArgumentType type = argumentType(fields);
        String description = fields.text("description");
        return new Argument(
                name,
                type,
                description == null ? "" : description.strip(),
                fields.flag("required"),
                defaultValue(fields, type),
                options(fields, type),
                optionsFrom(fields));
    }

    private static ArgumentType argumentType(Fields fields) {
        String written = blankToNull(fields.text("type"));
        if (written == null) {
            return ArgumentType.STRING;
        }
        return ArgumentType.of(written).orElseGet(() -> {
            fields.problem("type", "must be string, int, float, bool, object, array or file, got \"" + written + "\"");
            return ArgumentType.STRING;
        });
    }

    private static @Nullable JsonNode defaultValue(Fields fields, ArgumentType type) {
        JsonNode written = fields.node("default");
        // Authors write "" where they mean that there is none.
        boolean none =
                written == null || (written.isTextual() && written.asText().isBlank() && type != ArgumentType.STRING);
        if (written == null || none) {
            return null;
        }
        JsonNode value = Coercion.to(type, written);
        if (value == null) {
            fields.problem("default", "must be " + type.description() + ", got " + written);
        }
        return value;
    }

    private static List<JsonNode> options(Fields fields, ArgumentType type) {
        JsonNode written = fields.node("options");
        if (written == null) {
            return List.of();
        }
        if (!written.isArray()) {
            fields.problem("options", "must be a list, got " + Fields.kind(written));
            return List.of();
        }
        List<JsonNode> options = new ArrayList<>();
        for (int index = 0; index < written.size(); index++) {
            JsonNode option = Coercion.to(type, written.get(index));
            if (option == null) {
                fields.problem("options/" + index, "must be " + type.description() + ", got " + written.get(index));
            } else {
                options.add(option);
            }
        }
        return options;
    }

    private static @Nullable JsonNode optionsFrom(Fields fields) {
        JsonNode written = fields.node("options_from");
        if (written != null && !written.isObject()) {
            fields.problem("options_from", "must be an object, got " + Fields.kind(written));
            return null;
        }
        return written;
    }

    private static void refuseRepeated(List<Argument> args, Fields fields) {
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < args.size(); index++) {
            String name = args.get(index).name();
            if (!name.isEmpty() && !seen.add(name)) {
                fields.problem("args/" + index + "/name", "\"" + name + "\" is declared twice");
            }
        }
    }

    private static ToolDefinition.FileMount file(Fields fields) {
        String source = blankToNull(fields.text("source"));
        String content = fields.text("content");
        String destination = fields.requiredText("destination");
        if (source == null && content == null && !fields.hasProblem("content")) {
            fields.problem("content", "is required, or a source");
        }
        return new ToolDefinition.FileMount(destination, source, content);
    }

    private static ToolDefinition.VolumeMount volume(Fields fields) {
        String path = fields.requiredText("path");
        String name = blankToNull(fields.text("name"));
        return new ToolDefinition.VolumeMount(name == null ? path : name, path);
    }

    private static ToolDefinition.Service service(Fields fields) {
        List<Integer> ports = new ArrayList<>();
        List<String> written = fields.texts("exposed_ports");
        for (int index = 0; index < written.size(); index++) {
            JsonNode port = Coercion.to(ArgumentType.INT, JsonNodeFactory.instance.textNode(written.get(index)));
            if (port == null || !port.canConvertToInt() || port.asInt() < 1 || port.asInt() > 65_535) {
                fields.problem("exposed_ports/" + index, "must be a port from 1 to 65535, got " + written.get(index));
            } else {
                ports.add(port.asInt());
            }
        }
        return new ToolDefinition.Service(
                fields.requiredText("name"), fields.requiredText("image"), ports, fields.map("env"));
    }

    /** Seconds; {@code 90}, {@code "90"}, {@code "90s"}, {@code "5m"} and {@code "1h"} are understood. */
    private static @Nullable Integer timeout(Fields fields) {
        JsonNode written = fields.node("timeout");
        if (written == null || (written.isTextual() && written.asText().isBlank())) {
            return null;
        }
        JsonNode whole = Coercion.to(ArgumentType.INT, written);
        Matcher matcher = DURATION.matcher(whole == null ? written.asText().strip() : whole.asText());
        if (!matcher.matches()) {
            fields.problem("timeout", "must be a number of seconds, got " + written);
            return null;
        }
        long unit = switch (matcher.group(2)) {
            case "m", "M" -> 60;
            case "h", "H" -> 3600;
            default -> 1;
        };
        long seconds = Long.parseLong(matcher.group(1)) * unit;
        if (seconds > Integer.MAX_VALUE) {
            fields.problem("timeout", "is too long, got " + written);
            return null;
        }
        // Zero is how some definitions say that they have no limit of their own.
        return seconds == 0 ? null : (int) seconds;
    }

    private static ObjectNode metadata(Fields fields) {
        JsonNode written = fields.node("metadata");
        if (written instanceof ObjectNode object) {
            return object;
        }
        if (written != null) {
            fields.problem("metadata", "must be an object, got " + Fields.kind(written));
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private static @Nullable SourceReference source(Fields fields) {
        JsonNode written = fields.node("source");
        if (written == null) {
            return null;
        }
        if (written.isTextual()) {
            return new SourceReference(null, written.asText());
        }
        JsonNode id = written.path("id");
        JsonNode url = written.path("url");
        return new SourceReference(id.isTextual() ? id.asText() : null, url.isTextual() ? url.asText() : null);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}

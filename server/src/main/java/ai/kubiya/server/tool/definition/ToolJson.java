package ai.kubiya.server.tool.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a definition in the field names of the API. Lists are always there; what was not given is left out. */
final class ToolJson {

    private ToolJson() {}

    static ObjectNode of(ToolDefinition tool, ObjectMapper mapper) {
        ObjectNode json = mapper.createObjectNode();
        json.put("name", tool.name());
        json.put("description", tool.description());
        json.put("type", tool.type().wire());
        text(json, "image", tool.image());
        json.put("content", tool.content());
        ArrayNode args = json.putArray("args");
        tool.args().forEach(argument -> args.add(argument(argument, mapper)));
        texts(json, "env", tool.env());
        texts(json, "secrets", tool.secrets());
        ArrayNode files = json.putArray("with_files");
        tool.withFiles().forEach(file -> files.add(file(file, mapper)));
        ArrayNode volumes = json.putArray("with_volumes");
        tool.withVolumes()
                .forEach(
                        volume -> volumes.addObject().put("name", volume.name()).put("path", volume.path()));
        ArrayNode services = json.putArray("with_services");
        tool.withServices().forEach(service -> services.add(service(service, mapper)));
        texts(json, "entrypoint", tool.entrypoint());
        text(json, "on_start", tool.onStart());
        text(json, "on_build", tool.onBuild());
        text(json, "on_complete", tool.onComplete());
        node(json, "workflow", tool.workflow());
        json.put("long_running", tool.longRunning());
        if (tool.timeout() != null) {
            json.put("timeout", tool.timeout());
        }
        text(json, "alias", tool.alias());
        text(json, "icon_url", tool.iconUrl());
        text(json, "mermaid", tool.mermaid());
        json.set("metadata", tool.metadata().deepCopy());
        texts(json, "dependencies", tool.dependencies());
        text(json, "file_name", tool.fileName());
        if (tool.source() != null) {
            ObjectNode source = json.putObject("source");
            text(source, "id", tool.source().id());
            text(source, "url", tool.source().url());
        }
        tool.extra()
                .properties()
                .forEach(field -> json.set(field.getKey(), field.getValue().deepCopy()));
        return json;
    }

    private static ObjectNode argument(Argument argument, ObjectMapper mapper) {
        ObjectNode json = mapper.createObjectNode();
        json.put("name", argument.name());
        json.put("type", argument.type().wire());
        json.put("description", argument.description());
        json.put("required", argument.required());
        node(json, "default", argument.defaultValue());
        if (!argument.options().isEmpty()) {
            ArrayNode options = json.putArray("options");
            argument.options().forEach(option -> options.add(option.deepCopy()));
        }
        node(json, "options_from", argument.optionsFrom());
        return json;
    }

    private static ObjectNode file(ToolDefinition.FileMount file, ObjectMapper mapper) {
        ObjectNode json = mapper.createObjectNode();
        text(json, "source", file.source());
        text(json, "content", file.content());
        return json.put("destination", file.destination());
    }

    private static ObjectNode service(ToolDefinition.Service service, ObjectMapper mapper) {
        ObjectNode json = mapper.createObjectNode();
        json.put("name", service.name());
        json.put("image", service.image());
        ArrayNode ports = json.putArray("exposed_ports");
        service.exposedPorts().forEach(ports::add);
        ObjectNode env = json.putObject("env");
        service.env().forEach(env::put);
        return json;
    }

    private static void text(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static void node(ObjectNode json, String name, @Nullable JsonNode value) {
        if (value != null) {
            json.set(name, value.deepCopy());
        }
    }

    private static void texts(ObjectNode json, String name, List<String> values) {
        ArrayNode array = json.putArray(name);
        values.forEach(array::add);
    }
}

package ai.kubiya.server.tool.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A tool, complete and valid. Collections are never null; JSON inside is never changed after construction.
 *
 * @param type decides how {@code content} is started
 * @param content the script, a template over the arguments; empty when {@code entrypoint} says it all
 * @param env names of environment variables that are passed on
 * @param secrets names of secrets that become environment variables
 * @param onStart script that runs in the same place before the content, or null
 * @param workflow a workflow that stands in for the content, or null
 * @param timeout seconds, or null for the runner's own limit
 * @param metadata free, an object
 * @param dependencies packages that the content needs, as written
 * @param fileName the file of the source that defines it, or null
 * @param extra fields of the definition that this platform gives no meaning to: kept and answered as they came
 */
public record ToolDefinition(
        String name,
        String description,
        ToolType type,
        @Nullable String image,
        String content,
        List<Argument> args,
        List<String> env,
        List<String> secrets,
        List<FileMount> withFiles,
        List<VolumeMount> withVolumes,
        List<Service> withServices,
        List<String> entrypoint,
        @Nullable String onStart,
        @Nullable String onBuild,
        @Nullable String onComplete,
        @Nullable JsonNode workflow,
        boolean longRunning,
        @Nullable Integer timeout,
        @Nullable String alias,
        @Nullable String iconUrl,
        @Nullable String mermaid,
        ObjectNode metadata,
        List<String> dependencies,
        @Nullable String fileName,
        @Nullable SourceReference source,
        ObjectNode extra) {

    public ToolDefinition {
        args = List.copyOf(args);
        env = List.copyOf(env);
        secrets = List.copyOf(secrets);
        withFiles = List.copyOf(withFiles);
        withVolumes = List.copyOf(withVolumes);
        withServices = List.copyOf(withServices);
        entrypoint = List.copyOf(entrypoint);
        dependencies = List.copyOf(dependencies);
        metadata = metadata.deepCopy();
        extra = extra.deepCopy();
    }

    /** The wire form of the API. */
    public ObjectNode toJson(ObjectMapper mapper) {
        return ToolJson.of(this, mapper);
    }

    /** A JSON Schema of the arguments, as language models and MCP clients want it. */
    public ObjectNode toJsonSchema() {
        return ArgumentSchema.of(args);
    }

    /** The same tool as part of a source. */
    public ToolDefinition from(@Nullable SourceReference reference, @Nullable String file) {
        return new ToolDefinition(
                name,
                description,
                type,
                image,
                content,
                args,
                env,
                secrets,
                withFiles,
                withVolumes,
                withServices,
                entrypoint,
                onStart,
                onBuild,
                onComplete,
                workflow,
                longRunning,
                timeout,
                alias,
                iconUrl,
                mermaid,
                metadata,
                dependencies,
                file,
                reference,
                extra);
    }

    /**
     * A file that the tool finds at {@code destination}.
     *
     * @param content its text, or null when {@code source} names a file of the machine that runs the tool
     */
    public record FileMount(
            String destination,
            @Nullable String source,
            @Nullable String content) {}

    /** A directory that the tool keeps between runs. */
    public record VolumeMount(String name, String path) {}

    /** A container that runs beside the tool and is reachable under its name. */
    public record Service(String name, String image, List<Integer> exposedPorts, SequencedMap<String, String> env) {

        public Service {
            exposedPorts = List.copyOf(exposedPorts);
            // Not Map.copyOf: the order is the author's and stays the same in every answer.
            env = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(env));
        }
    }
}

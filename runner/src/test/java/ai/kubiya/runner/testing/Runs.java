package ai.kubiya.runner.testing;

import ai.kubiya.protocol.RunFile;
import ai.kubiya.protocol.RunLimits;
import ai.kubiya.protocol.RunService;
import ai.kubiya.protocol.RunVolume;
import ai.kubiya.protocol.ToolRun;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs of tools, built step by step. */
public final class Runs {
    private final String content;
    private String type = "script";
    private @Nullable String image;
    private List<String> entrypoint = List.of();
    private Map<String, JsonNode> arguments = Map.of();
    private Map<String, String> environment = Map.of();
    private Map<String, String> secrets = Map.of();
    private List<RunFile> files = List.of();
    private List<RunVolume> volumes = List.of();
    private List<RunService> services = List.of();
    private @Nullable String onStart;
    private @Nullable Boolean network;
    private RunLimits limits = new RunLimits(Duration.ofSeconds(30), 256L << 20, 64, 32L << 20, 16L << 20);
    private boolean requireContainer;

    private Runs(String content) {
        this.content = content;
    }

    public static Runs script(String content) {
        return new Runs(content);
    }

    public Runs type(String value) {
        type = value;
        return this;
    }

    public Runs image(String value) {
        image = value;
        return this;
    }

    public Runs entrypoint(String... value) {
        entrypoint = List.of(value);
        return this;
    }

    public Runs arguments(Map<String, JsonNode> value) {
        arguments = value;
        return this;
    }

    public Runs environment(Map<String, String> value) {
        environment = value;
        return this;
    }

    public Runs secrets(Map<String, String> value) {
        secrets = value;
        return this;
    }

    public Runs file(String destination, String text) {
        files = List.of(new RunFile(destination, text));
        return this;
    }

    public Runs volume(String name, String path) {
        volumes = List.of(new RunVolume(name, path));
        return this;
    }

    public Runs service(RunService value) {
        services = List.of(value);
        return this;
    }

    public Runs onStart(String value) {
        onStart = value;
        return this;
    }

    public Runs network(boolean value) {
        network = value;
        return this;
    }

    public Runs timeout(Duration value) {
        limits = limits.withTimeout(value);
        return this;
    }

    public Runs limits(RunLimits value) {
        limits = value;
        return this;
    }

    public Runs requireContainer() {
        requireContainer = true;
        return this;
    }

    public ToolRun build() {
        return new ToolRun(
                "a-tool",
                type,
                image,
                content,
                entrypoint,
                List.of(),
                arguments,
                environment,
                secrets,
                files,
                volumes,
                services,
                onStart,
                network,
                limits,
                requireContainer);
    }
}

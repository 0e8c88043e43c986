package ai.kubiya.server.tool.run;

import ai.kubiya.protocol.RunFile;
import ai.kubiya.protocol.RunLimits;
import ai.kubiya.protocol.RunService;
import ai.kubiya.protocol.RunVolume;
import ai.kubiya.protocol.ToolArgument;
import ai.kubiya.protocol.ToolRun;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.secret.Secrets;
import ai.kubiya.server.tool.ToolService;
import ai.kubiya.server.tool.definition.ToolDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a call down as the spec of an execution, and makes what a runner needs from it when one takes it. */
public final class ToolRunFactory {
    private static final Duration LONG = Duration.ofHours(24);
    private static final String REQUEST_SECRETS = "request_secrets";

    private final RunSettings settings;
    private final Secrets secrets;
    private final RequestSecrets requestSecrets;

    public ToolRunFactory(RunSettings settings, Secrets secrets, RequestSecrets requestSecrets) {
        this.settings = settings;
        this.secrets = secrets;
        this.requestSecrets = requestSecrets;
    }

    /** What is stored; no secret values. */
    ObjectNode spec(ToolCall call, Map<String, JsonNode> arguments) {
        ObjectNode spec = Json.object();
        spec.set("definition", call.definition().toJson(Json.MAPPER));
        ObjectNode values = spec.putObject("arguments");
        arguments.forEach(values::set);
        ObjectNode environment = spec.putObject("environment");
        call.environment().forEach((name, value) -> {
            if (call.definition().env().contains(name)) {
                environment.put(name, value);
            }
        });
        if (call.secrets() instanceof SecretGrant.WorkflowStep) {
            spec.put(REQUEST_SECRETS, true);
        }
        spec.put("timeout_seconds", timeout(call).toSeconds());
        return spec;
    }

    private Duration timeout(ToolCall call) {
        if (call.timeoutSeconds() != null) {
            return Duration.ofSeconds(call.timeoutSeconds());
        }
        Integer own = call.definition().timeout();
        if (own != null && own > 0) {
            return Duration.ofSeconds(own);
        }
        return call.definition().longRunning() ? LONG : settings.limits().timeout();
    }

    /**
     * Everything a runner needs; the values of secrets are opened here and nowhere before.
     *
     * @throws ai.kubiya.server.http.ApiException when a secret has gone since the call was accepted
     */
    public ToolRun run(Execution execution) {
        ObjectNode spec = execution.spec();
        ToolDefinition definition = ToolService.parse(spec.path("definition"), "");
        Map<String, JsonNode> arguments = new LinkedHashMap<>();
        spec.path("arguments").properties().forEach(entry -> arguments.put(entry.getKey(), entry.getValue()));
        Map<String, String> environment = new HashMap<>();
        spec.path("environment")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        environment.put("KUBIYA_EXECUTION_ID", execution.id().toString());
        Map<String, String> values = new HashMap<>(secrets.values(execution.organizationId(), definition.secrets()));
        if (spec.path(REQUEST_SECRETS).asBoolean()) {
            values.putAll(requestSecrets.of(execution.organizationId(), execution.parentId()));
        }
        RunLimits limits = settings.limits()
                .withTimeout(Duration.ofSeconds(spec.path("timeout_seconds").asLong()));
        return new ToolRun(
                definition.name(),
                definition.type().wire(),
                definition.image(),
                definition.content(),
                definition.entrypoint(),
                definition.args().stream()
                        .map(argument -> new ToolArgument(
                                argument.name(), argument.type().wire()))
                        .toList(),
                arguments,
                environment,
                values,
                definition.withFiles().stream()
                        .filter(file -> file.content() != null)
                        .map(file -> new RunFile(file.destination(), String.valueOf(file.content())))
                        .toList(),
                definition.withVolumes().stream()
                        .map(volume -> new RunVolume(execution.organizationId() + "/" + volume.name(), volume.path()))
                        .toList(),
                definition.withServices().stream()
                        .map(service ->
                                new RunService(service.name(), service.image(), service.exposedPorts(), service.env()))
                        .toList(),
                definition.onStart(),
                network(definition),
                limits,
                settings.requireContainers());
    }

    /** A tool asks with {@code network} in its definition or its metadata. */
    private @Nullable Boolean network(ToolDefinition definition) {
        JsonNode asked = definition.extra().path("network");
        if (asked.isMissingNode()) {
            asked = definition.metadata().path("network");
        }
        if (asked.isBoolean()) {
            return asked.booleanValue();
        }
        return settings.network() ? Boolean.TRUE : null;
    }
}

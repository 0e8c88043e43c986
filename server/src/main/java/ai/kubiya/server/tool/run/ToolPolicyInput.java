package ai.kubiya.server.tool.run;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.tool.Tool;
import ai.kubiya.server.tool.definition.ToolDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What policies are told of a call. */
public final class ToolPolicyInput {
    private ToolPolicyInput() {}

    /** @param arguments as the tool will get them */
    static ObjectNode of(ToolCall call, String runner, Map<String, JsonNode> arguments) {
        ToolDefinition definition = call.definition();
        ObjectNode input = Json.object().put("runner", runner);
        ObjectNode tool = input.putObject("tool")
                .put("name", definition.name())
                .put("type", definition.type().wire())
                .put("image", definition.image())
                .put("content", definition.content());
        ObjectNode values = tool.putObject("args");
        arguments.forEach(values::set);
        tool.set("secrets", Json.array(definition.secrets()));
        ArrayNode services = tool.putArray("services");
        definition
                .withServices()
                .forEach(service ->
                        services.addObject().put("name", service.name()).put("image", service.image()));
        // What a definition that came with the call says of its source is the caller's word.
        Tool saved = call.saved();
        tool.put("unsaved", saved == null);
        if (saved != null) {
            tool.putObject("source")
                    .put("id", saved.sourceId().toString())
                    .put("name", saved.sourceName())
                    .put("type", saved.sourceType())
                    .put("url", saved.sourceUrl());
        }
        if (call.secrets() instanceof SecretGrant.ForAgent agent) {
            addAgent(input, agent);
        }
        addSession(input, call.sessionId());
        return input;
    }

    /** Of a tool that the platform brings. */
    public static ObjectNode builtIn(
            String tool,
            SecretGrant.@Nullable ForAgent agent,
            @Nullable UUID session,
            Map<String, JsonNode> arguments) {
        ObjectNode input = Json.object().put("runner", "");
        ObjectNode values = input.putObject("tool")
                .put("name", tool)
                .put("type", "built_in")
                .put("unsaved", false)
                .putObject("args");
        arguments.forEach(values::set);
        if (agent != null) {
            addAgent(input, agent);
        }
        addSession(input, session);
        return input;
    }

    private static void addAgent(ObjectNode input, SecretGrant.ForAgent agent) {
        input.putObject("agent")
                .put("id", agent.id().toString())
                .put("name", agent.agent())
                .set("tags", Json.array(agent.tags()));
    }

    private static void addSession(ObjectNode input, @Nullable UUID session) {
        if (session != null) {
            input.putObject("session").put("id", session.toString());
        }
    }
}

package ai.kubiya.server.tool.run;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.tool.Tool;
import ai.kubiya.server.tool.definition.ToolDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What policies are told of a call. */
final class ToolPolicyInput {
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
            input.putObject("agent")
                    .put("id", agent.id().toString())
                    .put("name", agent.agent())
                    .set("tags", Json.array(agent.tags()));
        }
        if (call.sessionId() != null) {
            input.putObject("session").put("id", call.sessionId().toString());
        }
        return input;
    }
}

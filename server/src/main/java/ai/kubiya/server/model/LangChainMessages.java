package ai.kubiya.server.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import java.util.ArrayList;
import java.util.List;

/** Translates our messages and tools into the library's, at the last moment. */
final class LangChainMessages {
    private LangChainMessages() {}

    static List<ChatMessage> of(List<ModelMessage> messages) {
        return messages.stream().map(LangChainMessages::of).toList();
    }

    private static ChatMessage of(ModelMessage message) {
        return switch (message) {
            case ModelMessage.SystemPrompt system -> SystemMessage.from(system.text());
            case ModelMessage.User user -> UserMessage.from(user.text());
            case ModelMessage.Assistant assistant ->
                AiMessage.builder()
                        .text(assistant.text().isEmpty() ? null : assistant.text())
                        .toolExecutionRequests(assistant.toolCalls().stream()
                                .map(LangChainMessages::of)
                                .toList())
                        .build();
            case ModelMessage.ToolResult result ->
                ToolExecutionResultMessage.builder()
                        .id(result.callId())
                        .toolName(result.name())
                        .text(result.content())
                        .isError(result.isError())
                        .build();
        };
    }

    private static ToolExecutionRequest of(ToolRequest request) {
        return ToolExecutionRequest.builder()
                .id(request.id())
                .name(request.name())
                .arguments(sendable(request))
                .build();
    }

    /** Arguments are parsed again by providers and by the library, so what is not JSON goes back inside a JSON string. */
    private static String sendable(ToolRequest request) {
        if (request.argumentsProblem() == null) {
            return request.argumentsJson();
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("malformed_arguments", request.argumentsJson())
                .toString();
    }

    static List<ToolSpecification> ofTools(List<ModelTool> tools) {
        return tools.stream().map(LangChainMessages::of).toList();
    }

    private static ToolSpecification of(ModelTool tool) {
        JsonObjectSchema.Builder parameters = JsonObjectSchema.builder();
        // Each property goes through as it was written: the library's own schema types know only a part of JSON Schema.
        tool.parameters()
                .path("properties")
                .properties()
                .forEach(property -> parameters.addProperty(
                        property.getKey(),
                        JsonRawSchema.from(property.getValue().toString())));
        List<String> required = new ArrayList<>();
        for (JsonNode name : tool.parameters().path("required")) {
            required.add(name.asText());
        }
        return ToolSpecification.builder()
                .name(tool.name())
                .description(tool.description())
                .parameters(parameters.required(required).build())
                .build();
    }
}

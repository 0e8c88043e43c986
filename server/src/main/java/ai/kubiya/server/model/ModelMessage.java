package ai.kubiya.server.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/** One message of a conversation, as it is stored. The JSON form is durable: change it only by adding to it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "role")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ModelMessage.SystemPrompt.class, name = "system"),
    @JsonSubTypes.Type(value = ModelMessage.User.class, name = "user"),
    @JsonSubTypes.Type(value = ModelMessage.Assistant.class, name = "assistant"),
    @JsonSubTypes.Type(value = ModelMessage.ToolResult.class, name = "tool")
})
public sealed interface ModelMessage {
    /** What the platform tells the model. */
    record SystemPrompt(@JsonProperty("content") String text) implements ModelMessage {}

    /** What a person said. */
    record User(@JsonProperty("content") String text) implements ModelMessage {}

    /** What the model answered; the text may be empty when it only asks for tools. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Assistant(@JsonProperty("content") String text, List<ToolRequest> toolCalls) implements ModelMessage {
        public Assistant {
            toolCalls = List.copyOf(toolCalls);
        }
    }

    /** What came of one tool call. */
    @JsonNaming(SnakeCaseStrategy.class)
    record ToolResult(String callId, String name, String content, boolean isError) implements ModelMessage {}
}

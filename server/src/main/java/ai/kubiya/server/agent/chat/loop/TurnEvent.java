package ai.kubiya.server.agent.chat.loop;

import ai.kubiya.server.model.ModelUsage;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reader of a turn is told. The JSON form is the one on the wire and the one that is stored. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TurnEvent.Knowledge.class, name = "knowledge"),
    @JsonSubTypes.Type(value = TurnEvent.MessageDelta.class, name = "message.delta"),
    @JsonSubTypes.Type(value = TurnEvent.MessageRestarted.class, name = "message.restarted"),
    @JsonSubTypes.Type(value = TurnEvent.Message.class, name = "message"),
    @JsonSubTypes.Type(value = TurnEvent.ToolCall.class, name = "tool.call"),
    @JsonSubTypes.Type(value = TurnEvent.ApprovalRequired.class, name = "approval.required"),
    @JsonSubTypes.Type(value = TurnEvent.ToolOutput.class, name = "tool.output"),
    @JsonSubTypes.Type(value = TurnEvent.ToolResult.class, name = "tool.result"),
    @JsonSubTypes.Type(value = TurnEvent.Failure.class, name = "error"),
    @JsonSubTypes.Type(value = TurnEvent.Done.class, name = "done")
})
public sealed interface TurnEvent {
    /** The event's name on the wire. */
    @JsonIgnore
    default String type() {
        return switch (this) {
            case Knowledge _ -> "knowledge";
            case MessageDelta _ -> "message.delta";
            case MessageRestarted _ -> "message.restarted";
            case Message _ -> "message";
            case ToolCall _ -> "tool.call";
            case ApprovalRequired _ -> "approval.required";
            case ToolOutput _ -> "tool.output";
            case ToolResult _ -> "tool.result";
            case Failure _ -> "error";
            case Done _ -> "done";
        };
    }

    /** Where what was found for the question stands, before the model is asked: what its answer cites as [1], [2], … */
    record Knowledge(List<Citation> citations) implements TurnEvent {
        public Knowledge {
            citations = List.copyOf(citations);
        }
    }

    /** A piece of a message that is being written. */
    @JsonNaming(SnakeCaseStrategy.class)
    record MessageDelta(String messageId, String content) implements TurnEvent {}

    /** The message was lost half-way; its pieces are void and another one takes its place. */
    @JsonNaming(SnakeCaseStrategy.class)
    record MessageRestarted(String messageId) implements TurnEvent {}

    /** A whole message. Before tool calls it is what the agent says meanwhile; the last one is the answer. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Message(String messageId, String role, String content) implements TurnEvent {}

    /**
     * The agent calls a tool.
     *
     * @param arguments an object, or the text that the model wrote in its place
     * @param executionId null when the call was not accepted and nothing runs
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ToolCall(
            String id,
            String name,
            JsonNode arguments,
            @Nullable String executionId) implements TurnEvent {}

    /**
     * The tool runs when people have agreed to it.
     *
     * @param id of the call
     * @param approval who may agree, until when, and the id to do it with
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ApprovalRequired(String id, String executionId, String approvalId, JsonNode approval) implements TurnEvent {
        /** For readers who know no approvals. */
        public String inWords() {
            return "Waiting for an approval of " + approval.path("subject").asText() + ": POST /v1/approvals/"
                    + approvalId + "/approve or /reject.";
        }
    }

    /**
     * What a running tool printed.
     *
     * @param seq its place among the execution's outputs, rising
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ToolOutput(String id, String executionId, long seq, String stream, String content) implements TurnEvent {}

    /**
     * A tool call is over.
     *
     * @param status that of the execution, or {@code invalid} or {@code refused} when nothing ran
     * @param content what the model gets to see of it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ToolResult(
            String id,
            @Nullable String executionId,
            String status,
            @Nullable Integer exitCode,
            String content) implements TurnEvent {}

    /** The turn cannot go on; {@link Done} follows. */
    record Failure(String code, String message) implements TurnEvent {}

    /**
     * The turn is over; the last event.
     *
     * @param steps how many answers the model gave
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Done(String finishReason, ModelUsage usage, int steps) implements TurnEvent {}
}

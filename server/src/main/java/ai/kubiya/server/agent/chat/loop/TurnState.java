package ai.kubiya.server.agent.chat.loop;

import ai.kubiya.server.model.ModelMessage;
import ai.kubiya.server.model.ModelUsage;
import ai.kubiya.server.model.ToolRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a turn stands: what its journal adds up to, and nothing else. */
final class TurnState {
    static final String INVALID = "invalid";

    private final List<ModelMessage> messages = new ArrayList<>();
    private final Map<String, String> executionOfCall = new HashMap<>();
    private final Map<String, Long> lastOutput = new HashMap<>();
    private final Set<String> answeredCalls = new HashSet<>();
    private ModelMessage.@Nullable Assistant lastStep;
    private @Nullable String openMessage;
    private List<Citation> citations = List.of();
    private ModelUsage usage = ModelUsage.NONE;
    private int steps;
    private int toolCalls;
    private int invalidToolCalls;
    private TurnEvent.@Nullable Done done;

    void apply(TurnEntry entry) {
        switch (entry) {
            case TurnEntry.Told told -> apply(told.event());
            case TurnEntry.Stored stored -> apply(stored);
        }
    }

    private void apply(TurnEvent event) {
        switch (event) {
            case TurnEvent.Knowledge found -> citations = found.citations();
            case TurnEvent.MessageDelta delta -> openMessage = delta.messageId();
            case TurnEvent.MessageRestarted _ -> openMessage = null;
            case TurnEvent.ToolCall call -> {
                if (call.executionId() != null) {
                    executionOfCall.put(call.id(), call.executionId());
                }
            }
            case TurnEvent.ToolOutput output -> lastOutput.merge(output.executionId(), output.seq(), Math::max);
            case TurnEvent.ToolResult result ->
                invalidToolCalls += result.status().equals(INVALID) ? 1 : 0;
            case TurnEvent.Done end -> done = end;
            case TurnEvent.Message _, TurnEvent.ApprovalRequired _, TurnEvent.Failure _ -> {
                // Told for readers only: the stored message says the same, and done follows a failure.
            }
        }
    }

    private void apply(TurnEntry.Stored stored) {
        messages.add(stored.message());
        usage = usage.plus(stored.usage());
        switch (stored.message()) {
            case ModelMessage.Assistant assistant -> {
                steps++;
                toolCalls += assistant.toolCalls().size();
                lastStep = assistant;
                openMessage = null;
            }
            case ModelMessage.ToolResult result -> answeredCalls.add(result.callId());
            case ModelMessage.User _, ModelMessage.SystemPrompt _ -> {
                // Not written by the loop; part of the conversation all the same.
            }
        }
    }

    /** The calls of the last step that have no result yet, in the model's order. */
    List<ToolRequest> openCalls() {
        return lastStep == null
                ? List.of()
                : lastStep.toolCalls().stream()
                        .filter(call -> !answeredCalls.contains(call.id()))
                        .toList();
    }

    /** Whether the last step is the answer. */
    boolean answered() {
        return lastStep != null && lastStep.toolCalls().isEmpty();
    }

    Optional<String> executionOf(String callId) {
        return Optional.ofNullable(executionOfCall.get(callId));
    }

    long lastOutput(String executionId) {
        return lastOutput.getOrDefault(executionId, 0L);
    }

    /** The message of which readers have seen a part that will never be whole. */
    Optional<String> openMessage() {
        return Optional.ofNullable(openMessage);
    }

    List<ModelMessage> messages() {
        return List.copyOf(messages);
    }

    /** Where the passages stand that the model is shown. */
    List<Citation> citations() {
        return citations;
    }

    ModelUsage usage() {
        return usage;
    }

    int steps() {
        return steps;
    }

    int toolCalls() {
        return toolCalls;
    }

    int invalidToolCalls() {
        return invalidToolCalls;
    }

    Optional<TurnEvent.Done> done() {
        return Optional.ofNullable(done);
    }
}

package ai.kubiya.server.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens during one step of a model, in the order in which it happens. */
public sealed interface ModelEvent {
    /** A piece of the answer's text. */
    record TextDelta(String text) implements ModelEvent {}

    /**
     * The model wants a tool called. Told when the step is complete, so that a broken stream never starts a tool.
     *
     * @param problem null, or why the arguments cannot be used
     */
    record ToolCallRequested(
            String id,
            String name,
            String argumentsJson,
            @Nullable String problem) implements ModelEvent {}

    /** How the step ended: the last event, and the result. */
    sealed interface Outcome extends ModelEvent {}

    /** The model's answer is whole. */
    record Finished(String text, List<ToolRequest> toolCalls, ModelUsage usage, FinishReason finishReason)
            implements Outcome {
        public Finished {
            toolCalls = List.copyOf(toolCalls);
        }
    }

    /**
     * There is no answer, or only a part of it.
     *
     * @param message a sentence for people, without keys
     * @param retryable whether the same request may succeed later
     * @param retryAfter when the provider said so
     */
    record Failed(
            FailureKind kind,
            String message,
            boolean retryable,
            @Nullable Duration retryAfter) implements Outcome {}

    /** Somebody cancelled it. */
    record Cancelled() implements Outcome {}

    /** Why the model stopped. */
    enum FinishReason {
        STOP,
        TOOL_CALLS,
        /** The provider's or our limit of output tokens. */
        LENGTH,
        CONTENT_FILTER,
        OTHER
    }

    /** Kinds of failure that need different reactions. */
    enum FailureKind {
        RATE_LIMITED,
        AUTH,
        TIMEOUT,
        BAD_REQUEST,
        UNAVAILABLE,
        CONTEXT_TOO_LONG,
        OTHER
    }
}

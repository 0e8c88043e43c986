package ai.kubiya.server.model;

import ai.kubiya.server.model.ModelEvent.Cancelled;
import ai.kubiya.server.model.ModelEvent.FinishReason;
import ai.kubiya.server.model.ModelEvent.Finished;
import ai.kubiya.server.model.ModelEvent.Outcome;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request of a step, and what became of it. Used once, on one thread. */
final class ModelAttempt implements StreamingChatResponseHandler {
    private final Consumer<String> reader;
    private final ModelCall call = new ModelCall();
    private boolean textWasRead;
    private @Nullable RuntimeException readerFailure;
    private @Nullable Throwable failure;
    private @Nullable ChatResponse response;

    ModelAttempt(Consumer<String> reader) {
        this.reader = reader;
    }

    /** Whether somebody has seen a part of the answer, after which it cannot be begun again unnoticed. */
    boolean textWasRead() {
        return textWasRead;
    }

    Outcome run(StreamingChatModel model, ChatRequest request, Cancellation cancellation) {
        try (Cancellation.Registration _ = cancellation.onCancel(call.cancellation()::cancel)) {
            if (!cancellation.isCancelled()) {
                ScopedValue.where(ModelCall.CURRENT, call).run(() -> chat(model, request));
            }
        }
        if (readerFailure != null) {
            throw readerFailure;
        }
        if (cancellation.isCancelled() || Thread.currentThread().isInterrupted()) {
            return new Cancelled();
        }
        if (failure != null) {
            return ModelFailures.of(failure);
        }
        if (response == null || (response.finishReason() == null && !endMayLackReason(model))) {
            return ModelFailures.brokeOff();
        }
        return finished(response);
    }

    private void chat(StreamingChatModel model, ChatRequest request) {
        try {
            model.chat(request, this);
        } catch (RuntimeException e) {
            onError(e);
        }
    }

    /** The library takes any closed connection of the OpenAI protocol for a whole answer. */
    private boolean endMayLackReason(StreamingChatModel model) {
        return model.provider() != ModelProvider.OPEN_AI || call.endMarkerSeen();
    }

    @Override
    public void onPartialResponse(String text) {
        if (failure != null || call.cancellation().isCancelled()) {
            return;
        }
        try {
            textWasRead = true;
            reader.accept(text);
        } catch (RuntimeException e) {
            readerFailure = e;
            call.cancellation().cancel();
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
        if (failure == null && response == null) {
            response = complete;
        }
    }

    @Override
    public void onError(Throwable error) {
        if (failure == null && response == null) {
            failure = error;
            // What follows a failure is not read any more, so the connection need not be kept.
            call.cancellation().cancel();
        }
    }

    private static Finished finished(ChatResponse response) {
        AiMessage message = response.aiMessage();
        List<ToolRequest> calls = message.toolExecutionRequests().stream()
                .map(ModelAttempt::toolRequest)
                .toList();
        String text = message.text() == null ? "" : message.text();
        return new Finished(text, calls, usage(response.tokenUsage()), reason(response, calls));
    }

    private static ToolRequest toolRequest(ToolExecutionRequest request) {
        // Ollama has no ids of its own; a result needs one to refer to.
        String id = request.id() == null || request.id().isBlank() ? "call_" + UUID.randomUUID() : request.id();
        String name = request.name() == null ? "" : request.name();
        return new ToolRequest(id, name, request.arguments() == null ? "" : request.arguments());
    }

    private static FinishReason reason(ChatResponse response, List<ToolRequest> calls) {
        if (response.finishReason() == null) {
            return calls.isEmpty() ? FinishReason.OTHER : FinishReason.TOOL_CALLS;
        }
        return switch (response.finishReason()) {
            // Some gateways say "stop" although they ask for tools.
            case STOP, TOOL_EXECUTION -> calls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS;
            case LENGTH -> FinishReason.LENGTH;
            case CONTENT_FILTER -> FinishReason.CONTENT_FILTER;
            case OTHER -> FinishReason.OTHER;
        };
    }

    private static ModelUsage usage(@Nullable TokenUsage usage) {
        if (usage == null) {
            return ModelUsage.NONE;
        }
        long prompt = orZero(usage.inputTokenCount());
        long completion = orZero(usage.outputTokenCount());
        return new ModelUsage(prompt, completion, Math.max(orZero(usage.totalTokenCount()), prompt + completion));
    }

    private static long orZero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}

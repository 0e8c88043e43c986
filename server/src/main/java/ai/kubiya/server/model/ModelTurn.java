package ai.kubiya.server.model;

import ai.kubiya.server.model.ModelEvent.Cancelled;
import ai.kubiya.server.model.ModelEvent.Failed;
import ai.kubiya.server.model.ModelEvent.Finished;
import ai.kubiya.server.model.ModelEvent.Outcome;
import ai.kubiya.server.model.ModelEvent.TextDelta;
import ai.kubiya.server.model.ModelEvent.ToolCallRequested;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** One step of a model: a conversation goes in, text and tool calls come out as they are made. */
public final class ModelTurn {
    private final StreamingChatModel model;
    private final RetryPolicy retries;
    private final RandomGenerator random;

    /** @param model from {@link Models}: its {@code chat} returns only when the answer is over */
    public ModelTurn(StreamingChatModel model, RetryPolicy retries, RandomGenerator random) {
        this.model = model;
        this.retries = retries;
        this.random = random;
    }

    /**
     * Blocks until the step is over.
     *
     * @param reader told of each event on the calling thread, the outcome last; what it throws ends the step and is
     *     thrown on
     * @return the last event
     */
    public Outcome stream(
            List<ModelMessage> messages,
            List<ModelTool> tools,
            ModelLimits limits,
            Cancellation cancellation,
            Consumer<ModelEvent> reader) {
        ChatRequest request = ChatRequest.builder()
                .messages(LangChainMessages.of(messages))
                .parameters(parameters(tools, limits))
                .build();
        Outcome outcome = withRetries(request, cancellation, reader);
        if (outcome instanceof Finished finished) {
            for (ToolRequest call : finished.toolCalls()) {
                reader.accept(
                        new ToolCallRequested(call.id(), call.name(), call.argumentsJson(), call.argumentsProblem()));
            }
        }
        reader.accept(outcome);
        return outcome;
    }

    private Outcome withRetries(ChatRequest request, Cancellation cancellation, Consumer<ModelEvent> reader) {
        for (int attempt = 1; ; attempt++) {
            ModelAttempt tried = new ModelAttempt(text -> reader.accept(new TextDelta(text)));
            Outcome outcome = tried.run(model, request, cancellation);
            if (!(outcome instanceof Failed failed) || !failed.retryable() || tried.textWasRead()) {
                return outcome;
            }
            Optional<Duration> delay = retries.delay(attempt, failed.retryAfter(), random);
            if (delay.isEmpty()) {
                return outcome;
            }
            try {
                if (cancellation.waitFor(delay.get())) {
                    return new Cancelled();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Cancelled();
            }
        }
    }

    private ChatRequestParameters parameters(List<ModelTool> tools, ModelLimits limits) {
        Integer maxOutputTokens = limits.maxOutputTokens();
        if (model.defaultRequestParameters() instanceof OpenAiChatRequestParameters) {
            // OpenAI's newer models refuse the older max_tokens.
            return OpenAiChatRequestParameters.builder()
                    .toolSpecifications(LangChainMessages.ofTools(tools))
                    .maxCompletionTokens(maxOutputTokens)
                    .build();
        }
        DefaultChatRequestParameters.Builder<?> builder = ChatRequestParameters.builder();
        if (maxOutputTokens != null) {
            builder.maxOutputTokens(maxOutputTokens);
        }
        return builder.toolSpecifications(LangChainMessages.ofTools(tools)).build();
    }
}

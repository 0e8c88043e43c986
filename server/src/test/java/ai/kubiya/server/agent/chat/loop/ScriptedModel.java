package ai.kubiya.server.agent.chat.loop;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A model whose answer depends on the conversation alone, so that asking again after a crash gives the same. */
final class ScriptedModel implements StreamingChatModel {
    final List<ChatRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Answer> answers;

    /** What it says to a conversation in which it has spoken so many times; the last for all that follow. */
    ScriptedModel(Answer... answers) {
        this.answers = List.of(answers);
    }

    /** One answer; the text is streamed word by word. */
    record Answer(String text, FinishReason reason, List<ToolExecutionRequest> calls) {}

    static Answer says(String text) {
        return new Answer(text, FinishReason.STOP, List.of());
    }

    static Answer ends(String text, FinishReason reason) {
        return new Answer(text, reason, List.of());
    }

    static Answer calls(String text, ToolExecutionRequest... calls) {
        return new Answer(text, FinishReason.TOOL_EXECUTION, List.of(calls));
    }

    static ToolExecutionRequest call(String id, String tool, String arguments) {
        return ToolExecutionRequest.builder()
                .id(id)
                .name(tool)
                .arguments(arguments)
                .build();
    }

    /** Everything that was sent with a request, as text. */
    String sent(int request) {
        return requests.get(request).messages().toString();
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        requests.add(request);
        Answer answer = answers.get(Math.min(spoken(request.messages()), answers.size() - 1));
        for (String word : answer.text().split("(?<= )")) {
            if (!word.isEmpty()) {
                handler.onPartialResponse(word);
            }
        }
        handler.onCompleteResponse(ChatResponse.builder()
                .aiMessage(AiMessage.builder()
                        .text(answer.text().isEmpty() ? null : answer.text())
                        .toolExecutionRequests(answer.calls())
                        .build())
                .tokenUsage(new TokenUsage(100, 10))
                .finishReason(answer.reason())
                .build());
    }

    private static int spoken(List<ChatMessage> messages) {
        int spoken = 0;
        for (ChatMessage message : messages) {
            if (message instanceof UserMessage) {
                spoken = 0;
            } else if (message instanceof AiMessage) {
                spoken++;
            }
        }
        return spoken;
    }
}

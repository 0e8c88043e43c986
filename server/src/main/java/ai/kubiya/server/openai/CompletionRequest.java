package ai.kubiya.server.openai;

import ai.kubiya.server.agent.chat.NewTurn;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.model.ModelMessage;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client of chat completions asks for. Fields that tune a model ({@code temperature}, …) are the agent's own matter
 * and are ignored.
 *
 * @param question the last message, which is answered
 * @param history what was said before it
 * @param instructions system and developer messages
 */
record CompletionRequest(
        String model,
        String question,
        List<ModelMessage> history,
        List<String> instructions,
        boolean stream,
        boolean includeUsage) {
    private static final int MOST_MESSAGES = 2000;

    static CompletionRequest of(JsonFields fields) {
        String model = fields.requiredText("model", 250);
        List<JsonNode> messages = fields.elements("messages");
        if (messages.isEmpty() || messages.size() > MOST_MESSAGES) {
            fields.problem("/messages", "must have between 1 and " + MOST_MESSAGES + " messages");
        }
        if (!fields.elements("tools").isEmpty() || !fields.elements("functions").isEmpty()) {
            fields.problem("/tools", "agents use their own tools; the client's cannot be called");
        }
        fields.integer("n", 1, 1);
        List<ModelMessage> conversation = new ArrayList<>();
        List<String> instructions = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            read(messages.get(i), "/messages/" + i, fields, conversation, instructions);
        }
        boolean stream = fields.flag("stream", false);
        boolean includeUsage =
                fields.object("stream_options").path("include_usage").asBoolean();
        fields.check(false);
        if (conversation.isEmpty() || !(conversation.removeLast() instanceof ModelMessage.User question)) {
            throw ApiException.invalid("/messages", "the last message must be the user's");
        }
        return new CompletionRequest(model, question.text(), conversation, instructions, stream, includeUsage);
    }

    private static void read(
            JsonNode message,
            String pointer,
            JsonFields fields,
            List<ModelMessage> conversation,
            List<String> instructions) {
        String text = text(message.path("content"), pointer + "/content", fields);
        switch (message.path("role").asText()) {
            case "system", "developer" -> instructions.add(text);
            case "user" -> {
                if (text.isBlank()) {
                    fields.problem(pointer + "/content", "must not be empty");
                }
                conversation.add(new ModelMessage.User(text));
            }
            case "assistant" -> {
                // Some providers refuse an empty one, and it says nothing anyway.
                if (!text.isBlank()) {
                    conversation.add(new ModelMessage.Assistant(text, List.of()));
                }
            }
            default -> fields.problem(pointer + "/role", "must be system, developer, user or assistant");
        }
    }

    /** A string, or an array of parts that are all text. */
    private static String text(JsonNode content, String pointer, JsonFields fields) {
        if (content.isNull() || content.isMissingNode()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content.isArray() ? content : Json.array().add(content)) {
            JsonNode words = part.isTextual() ? part : part.path("text");
            if (words.isTextual()) {
                text.append(words.textValue());
            } else {
                fields.problem(pointer, "must be text; agents read nothing else");
            }
        }
        if (text.length() > NewTurn.LONGEST_MESSAGE) {
            fields.problem(pointer, "must have at most " + NewTurn.LONGEST_MESSAGE + " characters");
        }
        if (text.indexOf("\0") >= 0) {
            fields.problem(pointer, "must not contain a NUL character");
        }
        return text.toString();
    }
}

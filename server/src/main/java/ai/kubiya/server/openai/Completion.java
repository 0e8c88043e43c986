package ai.kubiya.server.openai;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.model.ModelUsage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The objects of the protocol. */
record Completion(String id, long created, String model) {

    ObjectNode whole(String text, String finishReason, ModelUsage usage) {
        ObjectNode json = head("chat.completion");
        ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", text)
                .putNull("refusal");
        choice.putNull("logprobs").put("finish_reason", finishReason);
        json.set("usage", Json.MAPPER.valueToTree(usage));
        return json;
    }

    /** @param delta what the message grows by */
    ObjectNode chunk(ObjectNode delta, @Nullable String finishReason) {
        ObjectNode json = head("chat.completion.chunk");
        ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", finishReason);
        return json;
    }

    /** The one chunk without choices. */
    ObjectNode usage(ModelUsage usage) {
        ObjectNode json = head("chat.completion.chunk");
        json.putArray("choices");
        json.set("usage", Json.MAPPER.valueToTree(usage));
        return json;
    }

    private ObjectNode head(String object) {
        return Json.object()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }

    /** The protocol's word for the end of a turn; a limit of ours is a limit to it. */
    static String finishReason(String ofTurn) {
        return switch (ofTurn) {
            case "stop", "content_filter" -> ofTurn;
            default -> ofTurn.startsWith("max_") ? "length" : ofTurn.equals("length") ? ofTurn : "stop";
        };
    }

    /** Whether there is an answer, if only a part of one; otherwise the turn's failure is the answer. */
    static boolean isAnswer(String finishReasonOfTurn) {
        return switch (finishReasonOfTurn) {
            case "error", "cancelled" -> false;
            default -> true;
        };
    }
}

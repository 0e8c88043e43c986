package ai.kubiya.server.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * A script for a model as a file:
 *
 * <pre>{@code
 * {"steps": [
 *   {"when": "pods", "text": "Let me look.", "tool_calls": [{"name": "kubectl", "arguments": {"command": "get pods"}}]},
 *   {"when": "NAME", "text": "All of your pods are running."},
 *   {"text": "Said once, in order, when no condition is met."}
 * ]}
 * }</pre>
 *
 * <p>{@code when} is looked for in the last message of a request, whoever it is from.
 */
public record Script(List<Conditional> conditionals, List<ScriptedReply> inOrder) {
    /** A reply to every request whose last message contains the text. */
    public record Conditional(String when, ScriptedReply reply) {}

    static Script read(ObjectMapper json, String text) throws JsonProcessingException {
        List<Conditional> conditionals = new ArrayList<>();
        List<ScriptedReply> inOrder = new ArrayList<>();
        int calls = 0;
        for (JsonNode step : json.readTree(text).path("steps")) {
            List<ScriptedReply.Part> parts = new ArrayList<>();
            // Word by word, so that a stream looks like one.
            for (String piece : step.path("text").asText("").split("(?<= )")) {
                if (!piece.isEmpty()) {
                    parts.add(new ScriptedReply.Part.Text(piece));
                }
            }
            for (JsonNode call : step.path("tool_calls")) {
                String arguments = call.path("arguments").toString();
                parts.add(
                        ScriptedReply.call("call_" + ++calls, call.path("name").asText(), arguments));
            }
            ScriptedReply reply = ScriptedReply.of(step.has("tool_calls") ? "tool_calls" : "stop", parts);
            if (step.has("when")) {
                conditionals.add(new Conditional(step.path("when").asText(), reply));
            } else {
                inOrder.add(reply);
            }
        }
        return new Script(conditionals, inOrder);
    }
}

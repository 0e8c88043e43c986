package ai.kubiya.server.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a scripted model answers to one request: a refusal (any status but 200), or parts that are written one after
 * another as the protocol of the asked path wants them.
 *
 * @param error the message of a refusal, in the provider's own error body
 */
public record ScriptedReply(
        int status, Map<String, String> headers, String error, List<Part> parts, String finishReason, boolean usage) {

    /** One thing that happens while an answer is written. */
    public sealed interface Part {
        /** A piece of text. */
        record Text(String text) implements Part {}

        /** A tool call, its arguments in fragments. */
        record Call(String id, String name, List<String> fragments) implements Part {}

        /** Bytes that no protocol asked for. */
        record Raw(String text) implements Part {}

        /** Waits for the test. */
        record Hold(Gate gate) implements Part {}

        /** Lets time pass. */
        record Pause(Duration duration) implements Part {}

        /** Cuts the connection. */
        record Drop() implements Part {}

        /** Ends the answer in good order, but before it is complete. */
        record StopShort() implements Part {}
    }

    /** An answer of nothing but text. */
    public static ScriptedReply text(String... pieces) {
        return of("stop", Arrays.stream(pieces).<Part>map(Part.Text::new).toList());
    }

    /** An answer that asks for tools. */
    public static ScriptedReply calls(Part... parts) {
        return of("tool_calls", List.of(parts));
    }

    public static ScriptedReply of(String finishReason, List<Part> parts) {
        return new ScriptedReply(200, Map.of(), "", parts, finishReason, true);
    }

    public static ScriptedReply refusal(int status, String message) {
        return new ScriptedReply(status, Map.of(), message, List.of(), "", false);
    }

    /** A tool call whose arguments come in pieces of a few characters, as they do from real models. */
    public static Part.Call call(String id, String name, String arguments) {
        List<String> fragments = new ArrayList<>();
        for (int i = 0; i < arguments.length(); i += 7) {
            fragments.add(arguments.substring(i, Math.min(arguments.length(), i + 7)));
        }
        return new Part.Call(id, name, fragments);
    }

    public ScriptedReply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ScriptedReply(status, more, error, parts, finishReason, usage);
    }

    public ScriptedReply withoutUsage() {
        return new ScriptedReply(status, headers, error, parts, finishReason, false);
    }
}

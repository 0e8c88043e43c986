package ai.kubiya.server.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;

/** Writes one answer the way a provider does. */
abstract class AnswerWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    final HttpConnection connection;

    AnswerWriter(HttpConnection connection) {
        this.connection = connection;
    }

    static AnswerWriter forPath(String path, HttpConnection connection) {
        if (path.contains("/api/chat")) {
            return new OllamaAnswerWriter(connection);
        }
        return path.contains("/messages") ? new AnthropicAnswerWriter(connection) : new OpenAiAnswerWriter(connection);
    }

    abstract String contentType();

    abstract void begin() throws IOException;

    abstract void text(String text) throws IOException;

    abstract void call(ScriptedReply.Part.Call call) throws IOException;

    abstract void end(String finishReason, boolean usage) throws IOException;

    /** The whole answer for a client that does not want a stream. */
    abstract String whole(ScriptedReply reply);

    abstract String errorBody(int status, String message);

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Object parsed(String json) {
        try {
            return JSON.readValue(json, Map.class);
        } catch (IOException e) {
            throw new IllegalStateException("a script's arguments must be JSON for this provider", e);
        }
    }
}

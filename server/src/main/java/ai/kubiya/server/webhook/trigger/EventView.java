package ai.kubiya.server.webhook.trigger;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;

/**
 * An event as filters and prompts see it: the payload's fields at the top, the payload as {@code event}, the sender's
 * headers as {@code headers} with underscores ({@code headers.x_github_event}). A payload that has an object {@code event}
 * itself keeps it in reach: its fields win over the payload's there. Test events of the command line look like that.
 */
public final class EventView {
    private static final ObjectMapper LENIENT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(500)
                            .maxStringLength(16 << 20)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private EventView() {}

    /**
     * Reads a payload to its end and keeps nothing.
     *
     * @throws JsonProcessingException when it is not JSON
     */
    public static void check(String payload) throws JsonProcessingException {
        try (JsonParser parser = LENIENT.createParser(payload)) {
            if (parser.nextToken() == null) {
                throw new com.fasterxml.jackson.core.JsonParseException(parser, "there is nothing in it");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new com.fasterxml.jackson.core.JsonParseException(parser, "there is more after its end");
            }
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A payload that has been checked. */
    public static JsonNode payload(String text) {
        try {
            return LENIENT.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored payload is broken", e);
        }
    }

    /**
     * The view of an event.
     *
     * @param headers by lower-case name
     */
    public static ObjectNode of(JsonNode payload, Map<String, String> headers) {
        ObjectNode view = Json.object();
        JsonNode event = payload;
        if (payload instanceof ObjectNode object) {
            view.setAll(object);
            if (object.get("event") instanceof ObjectNode inner) {
                ObjectNode both = Json.object();
                both.setAll(object);
                both.setAll(inner);
                event = both;
            }
        }
        view.set("event", event);
        if (!view.has("headers")) {
            ObjectNode named = view.putObject("headers");
            headers.forEach((name, value) -> named.put(name.replace('-', '_'), value));
        }
        return view;
    }
}

package ai.kubiya.server.state.content;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;

/** Walks through the members of JSON objects without holding more of them than is asked for. */
final class StateReader implements AutoCloseable {
    /** For what strangers send: of the whole files that a state holds in strings, none is looked at. */
    private static final JsonMapper STRICT = mapper(1 << 20);
    /** For what was taken before. */
    private static final JsonMapper KEPT = mapper(Integer.MAX_VALUE);

    private final JsonParser parser;

    /** Takes a member; the parser stands at its value, and what is not read of it is skipped. */
    @FunctionalInterface
    interface Member {
        void read(String name, StateReader value) throws IOException;
    }

    /** Takes an element of an array, likewise. */
    @FunctionalInterface
    interface Element {
        void read(StateReader value) throws IOException;
    }

    private StateReader(JsonParser parser) {
        this.parser = parser;
    }

    private static JsonMapper mapper(int longestText) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(1000)
                        .maxStringLength(longestText)
                        .build())
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }

    /** Work on a document; what is wrong with its JSON is the client's mistake. */
    @FunctionalInterface
    interface Work<T> {
        T with(StateReader reader) throws IOException;
    }

    static <T> T readSent(InputStream in, Work<T> work) throws IOException {
        return read(STRICT.createParser(in), work);
    }

    static <T> T readKept(InputStream in, Work<T> work) throws IOException {
        return read(KEPT.createParser(in), work);
    }

    private static <T> T read(JsonParser parser, Work<T> work) throws IOException {
        try (StateReader reader = new StateReader(parser)) {
            return work.with(reader);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw ApiException.of(
                    ErrorCode.INVALID_JSON,
                    "The state is not valid JSON" + place + ": " + e.getOriginalMessage() + ". Nothing was changed.");
        }
    }

    /** The members of the document, to its end; false when it is not an object. */
    boolean document(Member member) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        members(member);
        return parser.nextToken() == null;
    }

    boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    /** The members of the object that begins here. */
    void members(Member member) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            int depth = parser.getParsingContext().getNestingDepth();
            boolean container = isObject() || isArray();
            member.read(name, this);
            skipRest(container, depth);
        }
    }

    /** The elements of the array that begins here. */
    void elements(Element element) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int depth = parser.getParsingContext().getNestingDepth();
            boolean container = isObject() || isArray();
            element.read(this);
            skipRest(container, depth);
        }
    }

    /** Goes to the end of a value that began at this depth, wherever its reader stopped. */
    private void skipRest(boolean container, int depth) throws IOException {
        if (container && (isObject() || isArray()) && parser.getParsingContext().getNestingDepth() == depth) {
            parser.skipChildren();
        }
    }

    /** The text that stands here; empty when it is something else. */
    String text() throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
    }

    /** The whole number from 0 that stands here, or -1. */
    long number() throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                ? Math.max(parser.getLongValue(), -1)
                : -1;
    }

    boolean flag() {
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    /** The value that stands here as a tree. */
    JsonNode tree() throws IOException {
        return parser.readValueAsTree();
    }

    /** Where in the document the value that stands here begins; negative when it is not in UTF-8. */
    long offset() {
        return parser.currentTokenLocation().getByteOffset();
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}

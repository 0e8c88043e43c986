package ai.kubiya.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads JSON that a stranger wrote. What passes can be stored and given back as it is. */
final class JsonBody {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private JsonBody() {}

    /**
     * Reads a body.
     *
     * @throws ApiException 400 with the place of the mistake, or of the value that no database takes
     */
    static JsonNode parse(byte[] bytes) {
        JsonNode tree;
        try {
            tree = Json.MAPPER.readTree(text(bytes));
        } catch (JsonProcessingException e) {
            throw ApiException.of(
                    ErrorCode.INVALID_JSON, "The body is not valid JSON" + place(e) + ": " + e.getOriginalMessage(), e);
        }
        List<FieldProblem> problems = StorableJson.problems(tree);
        if (!problems.isEmpty()) {
            throw ApiException.invalid(problems);
        }
        return tree;
    }

    private static String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw ApiException.of(ErrorCode.INVALID_JSON, "The body is not valid UTF-8, which JSON must be in.", e);
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}

package ai.kubiya.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON that a stranger wrote. What passes can be stored and given back as it is. */
final class JsonBody {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final List<FieldProblem> problems = new ArrayList<>();

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
        JsonBody body = new JsonBody();
        body.check(tree, "");
        if (!body.problems.isEmpty()) {
            throw ApiException.invalid(body.problems);
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

    /** The nesting is bounded by the parser. */
    private void check(JsonNode node, String pointer) {
        switch (node.getNodeType()) {
            case STRING -> check(node.textValue(), pointer, "must not contain ");
            case NUMBER -> {
                if (node.isDouble() && Double.isInfinite(node.doubleValue())) {
                    problem(pointer, "is a number too large to be kept");
                }
            }
            case ARRAY -> {
                for (int i = 0; i < node.size(); i++) {
                    check(node.get(i), pointer + "/" + i);
                }
            }
            case OBJECT ->
                node.properties().forEach(entry -> {
                    check(entry.getKey(), pointer, "has a field whose name contains ");
                    check(entry.getValue(), pointer + "/" + entry.getKey());
                });
            case BINARY, BOOLEAN, MISSING, NULL, POJO -> {}
        }
    }

    private void check(String text, String pointer, String prefix) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                problem(pointer, prefix + "a NUL character");
                return;
            }
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    problem(pointer, prefix + "half of a character (a lone surrogate)");
                    return;
                }
            }
        }
    }

    private void problem(String pointer, String message) {
        problems.add(new FieldProblem(pointer.isEmpty() ? "/" : pointer, message));
    }
}

package ai.kubiya.runner.template.script;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Values as Python writes them. */
final class PythonLiteral {
    private PythonLiteral() {}

    static String of(JsonNode node) {
        StringBuilder out = new StringBuilder();
        append(out, node);
        return out.toString();
    }

    static String string(String text) {
        return "'" + escape(text, '\'', false) + "'";
    }

    private static void append(StringBuilder out, JsonNode node) {
        switch (node.getNodeType()) {
            case NULL, MISSING -> out.append("None");
            case BOOLEAN -> out.append(node.booleanValue() ? "True" : "False");
            // A sign of its own would bind looser than an operator before or after it.
            case NUMBER -> out.append(node.doubleValue() < 0 ? "(" + node.asText() + ")" : node.asText());
            case STRING -> out.append(string(node.textValue()));
            case ARRAY -> {
                out.append('[');
                for (JsonNode element : node) {
                    append(out, element);
                    out.append(", ");
                }
                out.append(']');
            }
            case OBJECT -> {
                out.append('{');
                for (Map.Entry<String, JsonNode> field : node.properties()) {
                    out.append(string(field.getKey())).append(": ");
                    append(out, field.getValue());
                    out.append(", ");
                }
                out.append('}');
            }
            case BINARY, POJO -> out.append(string(node.asText()));
        }
    }

    /** The inside of an ordinary string literal: one line, and no character that could end it. */
    static String escape(String text, char quote, boolean bytes) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\\' || c == quote) {
                out.append('\\').append((char) c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c < 0x20 || c == 0x7f) {
                hexadecimal(out, c);
            } else if (c >= 0x80 && bytes) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    hexadecimal(out, b & 0xff);
                }
            } else if (c >= 0xd800 && c <= 0xdfff) {
                out.append("\\u").append(Integer.toHexString(c));
            } else {
                out.appendCodePoint(c);
            }
        }
        return out.toString();
    }

    private static void hexadecimal(StringBuilder out, int c) {
        out.append("\\x").append(c < 16 ? "0" : "").append(Integer.toHexString(c));
    }
}

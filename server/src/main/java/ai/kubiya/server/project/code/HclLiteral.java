package ai.kubiya.server.project.code;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of expressions that are written out: no references, no functions, nothing to be evaluated. */
final class HclLiteral {
    private static final int DEEPEST = 50;
    private static final Pattern NUMBER = Pattern.compile("-?\\s*\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?");
    private static final Pattern HERE = Pattern.compile("(?s)<<(-?)[\\p{L}_][^\\n]*\\n(.*?)\\n?[ \\t]*[^\\n]*$");
    private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-fA-F]{4})|\\\\U([0-9a-fA-F]{8})");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final HclScanner scanner;

    private HclLiteral(String text) {
        this.scanner = new HclScanner(text);
    }

    /** The value; empty when the expression is more than a literal. */
    static Optional<JsonNode> parse(String expression) {
        HclLiteral literal = new HclLiteral(expression);
        try {
            JsonNode value = literal.value(0);
            literal.scanner.skipSpace();
            return literal.scanner.atEnd() ? Optional.of(value) : Optional.empty();
        } catch (HclException e) {
            return Optional.empty();
        }
    }

    /** As {@link #parse}, from the beginning of a text that may go on with something else. */
    static Optional<JsonNode> first(String text) {
        try {
            return Optional.of(new HclLiteral(text).value(0));
        } catch (HclException e) {
            return Optional.empty();
        }
    }

    private JsonNode value(int depth) throws HclException {
        scanner.skipSpace();
        char c = scanner.peek();
        if (depth > DEEPEST) {
            throw scanner.problem("too deep");
        }
        if (c == '[') {
            return tuple(depth);
        }
        if (c == '{') {
            return object(depth);
        }
        int start = scanner.position();
        if (c == '"') {
            scanner.skipString();
            String text = scanner.since(start);
            return JSON.textNode(text(text.substring(1, text.length() - 1), true));
        }
        if (scanner.skipHereDocument()) {
            return JSON.textNode(hereDocument(scanner.since(start)));
        }
        return word();
    }

    private JsonNode word() throws HclException {
        int start = scanner.position();
        while ((!scanner.atEnd() && "+-._".indexOf(scanner.peek()) >= 0) || Character.isLetterOrDigit(scanner.peek())) {
            scanner.moveTo(scanner.position() + 1);
        }
        String word = scanner.since(start);
        return switch (word) {
            case "true" -> JSON.booleanNode(true);
            case "false" -> JSON.booleanNode(false);
            case "null" -> JSON.nullNode();
            default -> {
                if (!NUMBER.matcher(word).matches()) {
                    throw scanner.problem("not a literal");
                }
                yield number(new BigDecimal(word));
            }
        };
    }

    /** The kind of node that a JSON reader makes of it. */
    private static JsonNode number(BigDecimal number) {
        if (number.scale() > 0 || number.precision() - number.scale() >= 19) {
            return JSON.numberNode(number);
        }
        long whole = number.longValueExact();
        return whole == (int) whole ? JSON.numberNode((int) whole) : JSON.numberNode(whole);
    }

    private ArrayNode tuple(int depth) throws HclException {
        ArrayNode array = Json.array();
        step();
        while (!closes(']')) {
            array.add(value(depth + 1));
            separator(']');
        }
        return array;
    }

    private ObjectNode object(int depth) throws HclException {
        ObjectNode object = Json.object();
        step();
        while (!closes('}')) {
            String key = scanner.peek() == '"' ? value(depth + 1).asText() : scanner.identifier();
            scanner.skipSpace();
            if (key.isEmpty() || (scanner.peek() != '=' && scanner.peek() != ':')) {
                throw scanner.problem("not a literal");
            }
            step();
            object.set(key, value(depth + 1));
            separator('}');
        }
        return object;
    }

    private boolean closes(char bracket) throws HclException {
        scanner.skipSpace();
        if (scanner.peek() == bracket) {
            step();
            return true;
        }
        return false;
    }

    /** A comma, or in objects a new line; both may stand before the end. */
    private void separator(char bracket) throws HclException {
        int before = scanner.position();
        scanner.skipSpace();
        if (scanner.peek() == ',') {
            step();
        } else if (scanner.peek() != bracket
                && !(bracket == '}' && scanner.since(before).contains("\n"))) {
            throw scanner.problem("not a literal");
        }
    }

    private void step() {
        scanner.moveTo(scanner.position() + 1);
    }

    private String text(String raw, boolean escapes) throws HclException {
        if (raw.replace("$${", "").replace("%%{", "").matches("(?s).*[$%]\\{.*")) {
            throw scanner.problem("not a literal");
        }
        String plain = raw.replace("$${", "${").replace("%%{", "%{");
        return escapes ? unescaped(plain) : plain;
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        Matcher unicode = UNICODE.matcher(text);
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                plain.append(c);
                i++;
                continue;
            }
            if (unicode.region(i, text.length()).lookingAt()) {
                String hex = unicode.group(1) == null ? unicode.group(2) : unicode.group(1);
                int point = Integer.parseUnsignedInt(hex, 16);
                plain.appendCodePoint(Character.isValidCodePoint(point) ? point : 0xFFFD);
                i = unicode.end();
                continue;
            }
            char escaped = text.charAt(i + 1);
            plain.append(
                    switch (escaped) {
                        case 'n' -> '\n';
                        case 't' -> '\t';
                        case 'r' -> '\r';
                        default -> escaped;
                    });
            i += 2;
        }
        return plain.toString();
    }

    private String hereDocument(String whole) throws HclException {
        Matcher parts = HERE.matcher(whole);
        if (!parts.matches()) {
            throw scanner.problem("not a literal");
        }
        String content = parts.group(2);
        String plain = text(content, false);
        if (content.isEmpty()) {
            return "";
        }
        if (parts.group(1).isEmpty()) {
            return plain + "\n";
        }
        List<String> lines = plain.lines().toList();
        int indent = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        lines.forEach(line ->
                text.append(line.substring(Math.min(indent, line.length()))).append('\n'));
        return text.toString();
    }
}

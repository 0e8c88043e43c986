package ai.kubiya.runner.template;

import ai.kubiya.runner.template.script.GoText;
import ai.kubiya.runner.template.script.Refused;
import ai.kubiya.runner.template.script.Value;
import ai.kubiya.runner.template.script.Value.Form;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * One call of a function. Every result is a value like any other and is quoted where it lands; there is no function
 * that makes text of the script.
 */
final class Functions {
    static final Set<String> NAMES = Set.of(
            "and",
            "or",
            "not",
            "eq",
            "ne",
            "lt",
            "le",
            "gt",
            "ge",
            "len",
            "index",
            "slice",
            "print",
            "println",
            "printf",
            "urlquery",
            "default",
            "empty",
            "coalesce",
            "ternary",
            "upper",
            "lower",
            "title",
            "trim",
            "trimAll",
            "trimPrefix",
            "trimSuffix",
            "replace",
            "join",
            "split",
            "splitList",
            "contains",
            "hasPrefix",
            "hasSuffix",
            "has",
            "first",
            "last",
            "list",
            "keys",
            "quote",
            "squote",
            "toString",
            "toJson",
            "fromJson",
            "int",
            "indent",
            "nindent",
            "b64enc",
            "b64dec");

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_ELEMENTS = 100_000;
    /** Deeper than any argument can be that was read as JSON. */
    private static final int DEEPEST = 1_100;

    private final String name;
    private final List<Value> arguments;
    private final Budget budget;

    Functions(String name, List<Value> arguments, Budget budget) {
        this.name = name;
        this.arguments = arguments;
        this.budget = budget;
    }

    Value call() throws Refused {
        Value result = switch (name) {
            case "quote" -> new Value(TextNode.valueOf(joined(" ")), Form.QUOTE);
            case "squote" -> new Value(TextNode.valueOf(joined(" ")), Form.SINGLE_QUOTE);
            case "toJson" -> new Value(TextNode.valueOf(json(only())), Form.WHOLE);
            case "default" -> {
                exactly(2);
                yield arguments.get(Truth.of(node(1)) ? 1 : 0);
            }
            case "coalesce" ->
                arguments.stream()
                        .filter(value -> Truth.of(value.node()))
                        .findFirst()
                        .orElse(Value.of(MissingNode.getInstance()));
            case "ternary" -> {
                exactly(3);
                yield arguments.get(Truth.of(node(2)) ? 0 : 1);
            }
            default -> Value.of(node());
        };
        if (result.node().isTextual()) {
            budget.characters(result.node().textValue().length());
        }
        return result;
    }

    private JsonNode node() throws Refused {
        return switch (name) {
            case "not" -> BooleanNode.valueOf(!Truth.of(only()));
            case "empty" -> BooleanNode.valueOf(!Truth.of(only()));
            case "eq" -> BooleanNode.valueOf(equal());
            case "ne" -> {
                exactly(2);
                yield BooleanNode.valueOf(!equal());
            }
            case "lt" -> BooleanNode.valueOf(order() < 0);
            case "le" -> BooleanNode.valueOf(order() <= 0);
            case "gt" -> BooleanNode.valueOf(order() > 0);
            case "ge" -> BooleanNode.valueOf(order() >= 0);
            case "len" -> LongNode.valueOf(length(only()));
            case "index" -> index();
            case "slice" -> slice();
            case "first" -> only().path(0);
            case "last" -> only().path(only().size() - 1);
            case "list" -> list();
            case "keys" -> keys();
            case "has" -> BooleanNode.valueOf(has());
            case "split", "splitList" -> split();
            case "contains" -> BooleanNode.valueOf(text(1).contains(text(0)));
            case "hasPrefix" -> BooleanNode.valueOf(text(1).startsWith(text(0)));
            case "hasSuffix" -> BooleanNode.valueOf(text(1).endsWith(text(0)));
            case "fromJson" -> fromJson();
            case "int" -> integer();
            default -> TextNode.valueOf(text());
        };
    }

    private String text() throws Refused {
        return switch (name) {
            case "print" -> GoFormat.print(nodes());
            case "println" -> joined(" ") + "\n";
            case "printf" -> GoFormat.printf(text(0), nodes().subList(1, arguments.size()));
            case "urlquery" -> URLEncoder.encode(joined(""), StandardCharsets.UTF_8);
            case "upper" -> onlyText().toUpperCase(java.util.Locale.ROOT);
            case "lower" -> onlyText().toLowerCase(java.util.Locale.ROOT);
            case "title" -> title(onlyText());
            case "trim" -> onlyText().strip();
            case "trimAll" -> trimAll(text(1), text(0));
            case "trimPrefix" -> text(1).startsWith(text(0)) ? text(1).substring(text(0).length()) : text(1);
            case "trimSuffix" ->
                text(1).endsWith(text(0)) ? text(1).substring(0, text(1).length() - text(0).length()) : text(1);
            case "replace" -> replace(text(2), text(0), text(1));
            case "join" -> join();
            case "toString" -> onlyText();
            case "indent" -> indent();
            case "nindent" -> "\n" + indent();
            case "b64enc" -> Base64.getEncoder().encodeToString(onlyText().getBytes(StandardCharsets.UTF_8));
            case "b64dec" -> decode(onlyText());
            default -> throw new Refused("there is no function \"" + name + "\"");
        };
    }

    private void exactly(int count) throws Refused {
        if (arguments.size() != count) {
            throw new Refused(
                    name + " takes " + count + (count == 1 ? " argument" : " arguments") + ", not " + arguments.size());
        }
    }

    private JsonNode only() throws Refused {
        exactly(1);
        return node(0);
    }

    private String onlyText() throws Refused {
        exactly(1);
        return text(0);
    }

    private JsonNode node(int index) throws Refused {
        if (index >= arguments.size()) {
            throw new Refused(name + " needs " + (index + 1) + (index == 0 ? " argument" : " arguments"));
        }
        Value value = arguments.get(index);
        return value.form() == Form.QUOTE || value.form() == Form.SINGLE_QUOTE
                ? TextNode.valueOf(value.marked())
                : value.node();
    }

    private List<JsonNode> nodes() throws Refused {
        List<JsonNode> nodes = new java.util.ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            nodes.add(node(i));
        }
        // Whole objects are printed, which their own length does not bound.
        budget.step();
        return nodes;
    }

    private String text(int index) throws Refused {
        String text = GoText.of(node(index));
        budget.characters(text.length());
        return text;
    }

    private String joined(String separator) throws Refused {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            out.append(i == 0 ? "" : separator).append(text(i));
        }
        return out.toString();
    }

    private boolean equal() throws Refused {
        JsonNode first = node(0);
        node(1);
        for (int i = 1; i < arguments.size(); i++) {
            JsonNode other = node(i);
            if (first.isContainerNode() || other.isContainerNode()) {
                throw new Refused(name + " cannot compare lists or objects");
            }
            boolean numbers = first.isNumber() && other.isNumber();
            // Arguments often come as text whatever their type says, so "5" is 5 and "true" is true.
            if (numbers ? compare(first, other) == 0 : text(0).equals(text(i))) {
                return true;
            }
        }
        return false;
    }

    private int order() throws Refused {
        exactly(2);
        JsonNode left = node(0);
        JsonNode right = node(1);
        if (left.isTextual() && right.isTextual()) {
            return text(0).compareTo(text(1));
        }
        return compare(number(left), number(right));
    }

    private JsonNode number(JsonNode node) throws Refused {
        if (node.isNumber()) {
            return node;
        }
        String text = GoText.of(node).strip();
        if (!Numbers.isNumber(text)) {
            throw new Refused(name + " needs numbers, or text on both sides");
        }
        return Numbers.parse(text);
    }

    private static int compare(JsonNode left, JsonNode right) {
        if (left.isFloatingPointNumber() || right.isFloatingPointNumber()) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        return new BigDecimal(left.bigIntegerValue()).compareTo(new BigDecimal(right.bigIntegerValue()));
    }

    private long length(JsonNode node) throws Refused {
        if (node.isContainerNode()) {
            return node.size();
        }
        if (node.isNumber() || node.isBoolean()) {
            throw new Refused("len needs text, a list or an object");
        }
        return text(0).getBytes(StandardCharsets.UTF_8).length;
    }

    private JsonNode index() throws Refused {
        JsonNode node = node(0);
        for (int i = 1; i < arguments.size(); i++) {
            JsonNode key = node(i);
            if (node.isArray() && key.isIntegralNumber()) {
                if (key.longValue() < 0 || key.longValue() >= node.size()) {
                    throw new Refused("index " + key.asText() + " is outside a list of " + node.size());
                }
                node = node.path(key.intValue());
            } else if (node.isObject() || node.isMissingNode() || node.isNull()) {
                node = node.path(GoText.of(key));
            } else {
                throw new Refused("index needs a list and a whole number, or an object and a key");
            }
        }
        return node;
    }

    private JsonNode slice() throws Refused {
        JsonNode node = node(0);
        String text = node.isArray() ? "" : text(0);
        int size = node.isArray() ? node.size() : text.length();
        long from = arguments.size() > 1 ? number(node(1)).longValue() : 0;
        long to = arguments.size() > 2 ? number(node(2)).longValue() : size;
        if (from < 0 || to > size || from > to || arguments.size() > 3) {
            throw new Refused("slice goes outside what it is given");
        }
        if (!node.isArray()) {
            return TextNode.valueOf(text.substring((int) from, (int) to));
        }
        ArrayNode part = JsonNodeFactory.instance.arrayNode();
        for (int i = (int) from; i < to; i++) {
            part.add(node.get(i));
        }
        budget.characters(part.size());
        return part;
    }

    private JsonNode list() throws Refused {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (JsonNode node : nodes()) {
            list.add(node);
        }
        weigh(list, 0, 0);
        return list;
    }

    /** A list of itself twice, made again and again, is small in memory and endless in print. */
    private static long weigh(JsonNode node, long weight, int depth) throws Refused {
        long sum = weight + 1 + (node.isTextual() ? node.textValue().length() : 0);
        if (sum > Budget.LONGEST_VALUE || depth > DEEPEST) {
            throw new Refused("the template computes too much text");
        }
        for (JsonNode element : node) {
            sum = weigh(element, sum, depth + 1);
        }
        return sum;
    }

    private JsonNode keys() throws Refused {
        ArrayNode keys = JsonNodeFactory.instance.arrayNode();
        only().properties().stream().map(java.util.Map.Entry::getKey).sorted().forEach(keys::add);
        budget.characters(keys.size());
        return keys;
    }

    private boolean has() throws Refused {
        JsonNode list = node(1);
        String wanted = text(0);
        for (JsonNode element : list) {
            budget.step();
            if (!element.isContainerNode() && GoText.of(element).equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode split() throws Refused {
        String separator = text(0);
        String text = text(1);
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        int from = 0;
        while (true) {
            int to = separator.isEmpty()
                    ? (from < text.length() ? text.offsetByCodePoints(from, 1) : -1)
                    : text.indexOf(separator, from);
            if (parts.size() >= MOST_ELEMENTS) {
                throw new Refused(name + " gives too many parts");
            }
            if (to < 0 || (separator.isEmpty() && to == text.length())) {
                return parts.add(text.substring(from));
            }
            parts.add(text.substring(from, to));
            from = to + separator.length();
        }
    }

    private String join() throws Refused {
        exactly(2);
        String separator = text(0);
        JsonNode list = node(1);
        if (!list.isArray()) {
            return text(1);
        }
        StringBuilder out = new StringBuilder();
        String before = "";
        for (JsonNode element : list) {
            String text = GoText.of(element);
            budget.characters(before.length() + text.length());
            out.append(before).append(text);
            before = separator;
        }
        return out.toString();
    }

    private String replace(String text, String from, String to) throws Refused {
        long places = from.isEmpty() ? text.length() + 1L : (long) text.length() / from.length();
        budget.characters(Math.min(places * to.length(), Budget.LONGEST_VALUE + 1L) + text.length());
        return text.replace(from, to);
    }

    private String indent() throws Refused {
        exactly(2);
        long width = number(node(0)).longValue();
        if (width < 0 || width > 100) {
            throw new Refused(name + " takes a width from 0 to 100");
        }
        String text = text(1);
        long lines = text.chars().filter(c -> c == '\n').count() + 1;
        budget.characters(text.length() + lines * width);
        String blank = " ".repeat((int) width);
        return blank + text.replace("\n", "\n" + blank);
    }

    private static String trimAll(String text, String characters) {
        int from = 0;
        int to = text.length();
        while (from < to && characters.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && characters.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    private static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean start = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(start ? Character.toTitleCase(c) : c);
            start = Character.isWhitespace(c);
        }
        return out.toString();
    }

    private String json(JsonNode node) {
        return node.isMissingNode() ? "null" : node.toString();
    }

    private JsonNode fromJson() throws Refused {
        exactly(1);
        try {
            return JSON.readTree(text(0));
        } catch (JsonProcessingException notJson) {
            throw new Refused("fromJson was given something that is not JSON");
        }
    }

    private JsonNode integer() throws Refused {
        JsonNode node = only();
        String text = GoText.of(node).strip();
        if (node.isBoolean()) {
            return LongNode.valueOf(node.booleanValue() ? 1 : 0);
        }
        return LongNode.valueOf(Numbers.isNumber(text) ? Numbers.parse(text).longValue() : 0);
    }

    private String decode(String text) throws Refused {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw new Refused("b64dec was given something that is not base64");
        }
    }
}

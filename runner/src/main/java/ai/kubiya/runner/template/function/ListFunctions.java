package ai.kubiya.runner.template.function;

import ai.kubiya.runner.template.script.GoText;
import ai.kubiya.runner.template.script.Refused;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/** Functions that take lists apart or make them. */
final class ListFunctions {
    private static final int MOST_ELEMENTS = 100_000;
    /** Deeper than any argument can be that was read as JSON. */
    private static final int DEEPEST = 1_100;

    private final Arguments call;

    ListFunctions(Arguments call) {
        this.call = call;
    }

    JsonNode index() throws Refused {
        JsonNode node = call.node(0);
        for (int i = 1; i < call.count(); i++) {
            JsonNode key = call.node(i);
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

    JsonNode slice() throws Refused {
        JsonNode node = call.node(0);
        String text = node.isArray() ? "" : call.text(0);
        int size = node.isArray() ? node.size() : text.length();
        long from = call.count() > 1 ? call.number(call.node(1)).longValue() : 0;
        long to = call.count() > 2 ? call.number(call.node(2)).longValue() : size;
        if (from < 0 || to > size || from > to || call.count() > 3) {
            throw new Refused("slice goes outside what it is given");
        }
        if (!node.isArray()) {
            return TextNode.valueOf(text.substring((int) from, (int) to));
        }
        ArrayNode part = JsonNodeFactory.instance.arrayNode();
        for (int i = (int) from; i < to; i++) {
            part.add(node.get(i));
        }
        call.budget().characters(part.size());
        return part;
    }

    JsonNode list() throws Refused {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (JsonNode node : call.nodes()) {
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

    JsonNode keys() throws Refused {
        ArrayNode keys = JsonNodeFactory.instance.arrayNode();
        call.only().properties().stream().map(Map.Entry::getKey).sorted().forEach(keys::add);
        call.budget().characters(keys.size());
        return keys;
    }

    boolean has() throws Refused {
        JsonNode list = call.node(1);
        String wanted = call.text(0);
        for (JsonNode element : list) {
            call.budget().step();
            if (!element.isContainerNode() && GoText.of(element).equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    JsonNode split() throws Refused {
        String separator = call.text(0);
        String text = call.text(1);
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        int from = 0;
        while (true) {
            int to = separator.isEmpty()
                    ? (from < text.length() ? text.offsetByCodePoints(from, 1) : -1)
                    : text.indexOf(separator, from);
            if (parts.size() >= MOST_ELEMENTS) {
                throw new Refused(call.name() + " gives too many parts");
            }
            if (to < 0 || (separator.isEmpty() && to == text.length())) {
                return parts.add(text.substring(from));
            }
            parts.add(text.substring(from, to));
            from = to + separator.length();
        }
    }

    String join() throws Refused {
        call.exactly(2);
        String separator = call.text(0);
        JsonNode list = call.node(1);
        if (!list.isArray()) {
            return call.text(1);
        }
        StringBuilder out = new StringBuilder();
        String before = "";
        for (JsonNode element : list) {
            String text = GoText.of(element);
            call.budget().characters(before.length() + text.length());
            out.append(before).append(text);
            before = separator;
        }
        return out.toString();
    }
}

package ai.kubiya.runner.template.function;

import ai.kubiya.runner.template.script.GoText;
import ai.kubiya.runner.template.script.Refused;
import ai.kubiya.runner.template.script.Value;
import ai.kubiya.runner.template.script.Value.Form;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * One call of a function. Every result is a value like any other and is quoted where it lands; there is no function
 * that makes text of the script.
 */
public final class Functions {
    public static final Set<String> NAMES = Set.of(
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

    private final Arguments call;

    private Functions(Arguments call) {
        this.call = call;
    }

    public static Value call(String name, List<Value> arguments, Budget budget) throws Refused {
        Value result = new Functions(new Arguments(name, arguments, budget)).value();
        if (result.node().isTextual()) {
            budget.characters(result.node().textValue().length());
        }
        return result;
    }

    private Value value() throws Refused {
        Value result = switch (call.name()) {
            case "quote" -> new Value(TextNode.valueOf(call.joined(" ")), Form.QUOTE);
            case "squote" -> new Value(TextNode.valueOf(call.joined(" ")), Form.SINGLE_QUOTE);
            case "toJson" -> new Value(TextNode.valueOf(json(call.only())), Form.WHOLE);
            case "default" -> {
                call.exactly(2);
                yield call.arguments().get(Truth.of(call.node(1)) ? 1 : 0);
            }
            case "coalesce" ->
                call.arguments().stream()
                        .filter(value -> Truth.of(value.node()))
                        .findFirst()
                        .orElse(Value.of(MissingNode.getInstance()));
            case "ternary" -> {
                call.exactly(3);
                yield call.arguments().get(Truth.of(call.node(2)) ? 0 : 1);
            }
            default -> Value.of(node());
        };
        if (result.node().isTextual()) {
            call.budget().characters(result.node().textValue().length());
        }
        return result;
    }

    private JsonNode node() throws Refused {
        ListFunctions lists = new ListFunctions(call);
        return switch (call.name()) {
            case "not" -> BooleanNode.valueOf(!Truth.of(call.only()));
            case "empty" -> BooleanNode.valueOf(!Truth.of(call.only()));
            case "eq" -> BooleanNode.valueOf(equal());
            case "ne" -> {
                call.exactly(2);
                yield BooleanNode.valueOf(!equal());
            }
            case "lt" -> BooleanNode.valueOf(order() < 0);
            case "le" -> BooleanNode.valueOf(order() <= 0);
            case "gt" -> BooleanNode.valueOf(order() > 0);
            case "ge" -> BooleanNode.valueOf(order() >= 0);
            case "len" -> LongNode.valueOf(length(call.only()));
            case "index" -> lists.index();
            case "slice" -> lists.slice();
            case "first" -> call.only().path(0);
            case "last" -> call.only().path(call.only().size() - 1);
            case "list" -> lists.list();
            case "keys" -> lists.keys();
            case "has" -> BooleanNode.valueOf(lists.has());
            case "split", "splitList" -> lists.split();
            case "contains" -> BooleanNode.valueOf(call.text(1).contains(call.text(0)));
            case "hasPrefix" -> BooleanNode.valueOf(call.text(1).startsWith(call.text(0)));
            case "hasSuffix" -> BooleanNode.valueOf(call.text(1).endsWith(call.text(0)));
            case "fromJson" -> fromJson();
            case "int" -> integer();
            default -> TextNode.valueOf(new TextFunctions(call).text());
        };
    }

    private boolean equal() throws Refused {
        JsonNode first = call.node(0);
        call.node(1);
        for (int i = 1; i < call.count(); i++) {
            JsonNode other = call.node(i);
            if (first.isContainerNode() || other.isContainerNode()) {
                throw new Refused(call.name() + " cannot compare lists or objects");
            }
            boolean numbers = first.isNumber() && other.isNumber();
            // Arguments often come as text whatever their type says, so "5" is 5 and "true" is true.
            if (numbers ? compare(first, other) == 0 : call.text(0).equals(call.text(i))) {
                return true;
            }
        }
        return false;
    }

    private int order() throws Refused {
        call.exactly(2);
        JsonNode left = call.node(0);
        JsonNode right = call.node(1);
        if (left.isTextual() && right.isTextual()) {
            return call.text(0).compareTo(call.text(1));
        }
        return compare(call.number(left), call.number(right));
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
        return call.text(0).getBytes(StandardCharsets.UTF_8).length;
    }

    private String json(JsonNode node) {
        return node.isMissingNode() ? "null" : node.toString();
    }

    private JsonNode fromJson() throws Refused {
        call.exactly(1);
        try {
            return JSON.readTree(call.text(0));
        } catch (JsonProcessingException notJson) {
            throw new Refused("fromJson was given something that is not JSON");
        }
    }

    private JsonNode integer() throws Refused {
        JsonNode node = call.only();
        String text = GoText.of(node).strip();
        if (node.isBoolean()) {
            return LongNode.valueOf(node.booleanValue() ? 1 : 0);
        }
        return LongNode.valueOf(Numbers.isNumber(text) ? Numbers.parse(text).longValue() : 0);
    }
}

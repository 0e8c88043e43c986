package ai.kubiya.runner.template.function;

import ai.kubiya.runner.template.script.GoText;
import ai.kubiya.runner.template.script.Refused;
import ai.kubiya.runner.template.script.Value;
import ai.kubiya.runner.template.script.Value.Form;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** What one call of a function is given; text that is read is charged to the budget. */
record Arguments(String name, List<Value> arguments, Budget budget) {

    int count() {
        return arguments.size();
    }

    void exactly(int count) throws Refused {
        if (arguments.size() != count) {
            throw new Refused(
                    name + " takes " + count + (count == 1 ? " argument" : " arguments") + ", not " + arguments.size());
        }
    }

    JsonNode only() throws Refused {
        exactly(1);
        return node(0);
    }

    String onlyText() throws Refused {
        exactly(1);
        return text(0);
    }

    JsonNode node(int index) throws Refused {
        if (index >= arguments.size()) {
            throw new Refused(name + " needs " + (index + 1) + (index == 0 ? " argument" : " arguments"));
        }
        Value value = arguments.get(index);
        return value.form() == Form.QUOTE || value.form() == Form.SINGLE_QUOTE
                ? TextNode.valueOf(value.marked())
                : value.node();
    }

    List<JsonNode> nodes() throws Refused {
        List<JsonNode> nodes = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            nodes.add(node(i));
        }
        // Whole objects are printed, which their own length does not bound.
        budget.step();
        return nodes;
    }

    String text(int index) throws Refused {
        String text = GoText.of(node(index));
        budget.characters(text.length());
        return text;
    }

    String joined(String separator) throws Refused {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            out.append(i == 0 ? "" : separator).append(text(i));
        }
        return out.toString();
    }

    JsonNode number(JsonNode node) throws Refused {
        if (node.isNumber()) {
            return node;
        }
        String text = GoText.of(node).strip();
        if (!Numbers.isNumber(text)) {
            throw new Refused(name + " needs numbers, or text on both sides");
        }
        return Numbers.parse(text);
    }
}

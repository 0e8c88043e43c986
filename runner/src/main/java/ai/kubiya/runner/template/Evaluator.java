package ai.kubiya.runner.template;

import ai.kubiya.runner.template.BadTemplate.Position;
import ai.kubiya.runner.template.function.Budget;
import ai.kubiya.runner.template.function.Functions;
import ai.kubiya.runner.template.function.Truth;
import ai.kubiya.runner.template.script.Refused;
import ai.kubiya.runner.template.script.Script;
import ai.kubiya.runner.template.script.Value;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a template's nodes: text goes to the script as text, results of expressions as values. */
final class Evaluator {
    private static final int LONGEST_OUTPUT = 4 * 1024 * 1024;

    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private static final class Variable {
        final String name;
        Value value;

        Variable(String name, Value value) {
            this.name = name;
            this.value = value;
        }
    }

    private final String content;
    private final JsonNode root;
    private final Script script;
    private final Budget budget = new Budget();
    private final List<Variable> variables = new ArrayList<>();
    private Value dot;
    private int offset;

    Evaluator(String content, JsonNode root, Script script) {
        this.content = content;
        this.root = root;
        this.script = script;
        this.dot = Value.of(root);
    }

    String run(List<Node> nodes) throws BadTemplate {
        try {
            body(nodes);
            return script.finish();
        } catch (Refused refused) {
            throw new BadTemplate(Position.of(content, offset), String.valueOf(refused.getMessage()));
        }
    }

    private Flow body(List<Node> nodes) throws Refused {
        int scope = variables.size();
        Flow flow = Flow.ON;
        for (Node node : nodes) {
            budget.step();
            flow = node(node);
            if (script.length() > LONGEST_OUTPUT) {
                throw new Refused("the script would be longer than 4 MiB");
            }
            if (flow != Flow.ON) {
                break;
            }
        }
        leave(scope);
        return flow;
    }

    private void leave(int scope) {
        variables.subList(scope, variables.size()).clear();
    }

    private Flow node(Node node) throws Refused {
        switch (node) {
            case Node.Text(String text) -> script.literal(text);
            case Node.Output output -> {
                if (foreign(output.expression())) {
                    script.literal(output.source());
                } else {
                    Value value = at(output.offset(), output.expression());
                    script.value(value);
                }
            }
            case Node.Assignment assignment -> {
                Value value = at(assignment.offset(), assignment.expression());
                if (assignment.declares()) {
                    variables.add(new Variable(assignment.name(), value));
                } else {
                    variable(assignment.name()).value = value;
                }
            }
            case Node.If branch -> {
                int scope = variables.size();
                Value value = define(branch.variable(), at(branch.offset(), branch.condition()));
                Flow flow = body(Truth.of(value.node()) ? branch.then() : branch.otherwise());
                leave(scope);
                return flow;
            }
            case Node.With with -> {
                int scope = variables.size();
                Value value = define(with.variable(), at(with.offset(), with.value()));
                Value before = dot;
                boolean holds = Truth.of(value.node());
                dot = holds ? value : before;
                Flow flow = body(holds ? with.then() : with.otherwise());
                dot = before;
                leave(scope);
                return flow;
            }
            case Node.Range range -> {
                return range(range);
            }
            case Node.Break _ -> {
                return Flow.BREAK;
            }
            case Node.Continue _ -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.ON;
    }

    private Flow range(Node.Range range) throws Refused {
        JsonNode list = at(range.offset(), range.value()).node();
        if (!list.isContainerNode() && !list.isIntegralNumber() && Truth.of(list)) {
            throw new Refused("range needs a list, an object or a whole number");
        }
        if (!Truth.of(list) || (list.isNumber() && list.longValue() < 0)) {
            return body(range.otherwise());
        }
        Value before = dot;
        if (list.isNumber()) {
            for (long i = 0; i < list.longValue(); i++) {
                if (turn(range, LongNode.valueOf(i), LongNode.valueOf(i)) == Flow.BREAK) {
                    break;
                }
            }
        } else if (list.isObject()) {
            // Go ranges over a map in the order of its keys.
            for (Map.Entry<String, JsonNode> field : list.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .toList()) {
                if (turn(range, TextNode.valueOf(field.getKey()), field.getValue()) == Flow.BREAK) {
                    break;
                }
            }
        } else {
            for (int i = 0; i < list.size(); i++) {
                if (turn(range, LongNode.valueOf(i), list.get(i)) == Flow.BREAK) {
                    break;
                }
            }
        }
        dot = before;
        return Flow.ON;
    }

    private Flow turn(Node.Range range, JsonNode key, JsonNode element) throws Refused {
        budget.step();
        int scope = variables.size();
        define(range.key(), Value.of(key));
        define(range.element(), Value.of(element));
        dot = Value.of(element);
        Flow flow = body(range.body());
        leave(scope);
        return flow;
    }

    private Value define(@Nullable String name, Value value) {
        if (name != null) {
            variables.add(new Variable(name, value));
        }
        return value;
    }

    private Variable variable(String name) throws Refused {
        for (Variable variable : variables.reversed()) {
            if (variable.name.equals(name)) {
                return variable;
            }
        }
        throw new Refused("the variable $" + name + " is not defined here");
    }

    /** A field of something that has none, inside our own loop over text: another program's format string. */
    private boolean foreign(Expression expression) {
        return expression instanceof Expression.Chain(Expression.Dot _, List<String> _)
                && !dot.node().isObject()
                && !dot.node().isNull()
                && !dot.node().isMissingNode();
    }

    private Value at(int offset, Expression expression) throws Refused {
        this.offset = offset;
        return evaluate(expression);
    }

    Value evaluate(Expression expression) throws Refused {
        budget.step();
        return switch (expression) {
            case Expression.Literal(JsonNode value) -> Value.of(value);
            case Expression.Dot _ -> dot;
            case Expression.Root _ -> Value.of(root);
            case Expression.Variable(String name) -> variable(name).value;
            case Expression.Chain(Expression base, List<String> names) -> {
                JsonNode node = evaluate(base).node();
                for (String name : names) {
                    node = node.path(name);
                }
                yield Value.of(node);
            }
            case Expression.Call call -> call(call);
        };
    }

    private Value call(Expression.Call call) throws Refused {
        boolean and = call.function().equals("and");
        if (and || call.function().equals("or")) {
            Value value = Value.of(MissingNode.getInstance());
            if (call.arguments().isEmpty()) {
                throw new Refused(call.function() + " needs a value");
            }
            for (Expression argument : call.arguments()) {
                value = evaluate(argument);
                if (Truth.of(value.node()) != and) {
                    break;
                }
            }
            return value;
        }
        List<Value> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            arguments.add(evaluate(argument));
        }
        return Functions.call(call.function(), arguments, budget);
    }
}

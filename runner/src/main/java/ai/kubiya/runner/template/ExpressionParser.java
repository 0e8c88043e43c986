package ai.kubiya.runner.template;

import ai.kubiya.runner.template.Token.Kind;
import ai.kubiya.runner.template.function.Functions;
import ai.kubiya.runner.template.function.Numbers;
import ai.kubiya.runner.template.script.Refused;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** Reads a pipeline from the tokens of an action that is known to be ours. */
final class ExpressionParser {
    private static final int DEEPEST = 50;

    private final List<Token> tokens;
    private int at;
    private int depth;

    private ExpressionParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Expression parse(List<Token> tokens) throws Refused {
        ExpressionParser parser = new ExpressionParser(tokens);
        Expression expression = parser.pipeline();
        if (parser.at < tokens.size()) {
            throw new Refused("unexpected \"" + tokens.get(parser.at).text() + "\"");
        }
        return expression;
    }

    private boolean next(Kind kind) {
        return at < tokens.size() && tokens.get(at).is(kind);
    }

    private Expression pipeline() throws Refused {
        if (++depth > DEEPEST) {
            throw new Refused("parentheses are nested too deeply");
        }
        Expression value = command(List.of());
        while (next(Kind.PIPE)) {
            at++;
            value = command(List.of(value));
        }
        depth--;
        return value;
    }

    /** @param piped the value that the pipe brings, which becomes the last argument */
    private Expression command(List<Expression> piped) throws Refused {
        if (next(Kind.WORD) && !isConstant(tokens.get(at).text())) {
            String function = tokens.get(at++).text();
            if (!Functions.NAMES.contains(function)) {
                throw new Refused("there is no function \"" + function + "\"");
            }
            List<Expression> arguments = new ArrayList<>();
            while (startsOperand()) {
                arguments.add(operand());
            }
            arguments.addAll(piped);
            return new Expression.Call(function, arguments);
        }
        Expression value = operand();
        if (!piped.isEmpty() || startsOperand()) {
            throw new Refused("only a function takes arguments");
        }
        return value;
    }

    private static boolean isConstant(String word) {
        return word.equals("true") || word.equals("false") || word.equals("nil");
    }

    private boolean startsOperand() {
        return at < tokens.size()
                && switch (tokens.get(at).kind()) {
                    case FIELD, DOT, VARIABLE, WORD, STRING, NUMBER, OPEN -> true;
                    case PIPE, CLOSE, COMMA, DECLARE, ASSIGN -> false;
                };
    }

    private Expression operand() throws Refused {
        if (!startsOperand()) {
            throw new Refused(
                    at < tokens.size() ? "unexpected \"" + tokens.get(at).text() + "\"" : "a value is missing");
        }
        Token token = tokens.get(at++);
        Expression value = switch (token.kind()) {
            case FIELD -> new Expression.Chain(new Expression.Dot(), List.of(token.text()));
            case DOT -> new Expression.Dot();
            case VARIABLE -> token.text().isEmpty() ? new Expression.Root() : new Expression.Variable(token.text());
            case STRING -> new Expression.Literal(TextNode.valueOf(token.text()));
            case NUMBER -> new Expression.Literal(Numbers.parse(token.text()));
            case WORD -> word(token.text());
            case OPEN -> {
                Expression inner = pipeline();
                if (!next(Kind.CLOSE)) {
                    throw new Refused("a parenthesis is not closed");
                }
                at++;
                yield inner;
            }
            case PIPE, CLOSE, COMMA, DECLARE, ASSIGN -> throw new Refused("unexpected \"" + token.text() + "\"");
        };
        return chain(value);
    }

    private static Expression word(String word) throws Refused {
        return switch (word) {
            case "true" -> new Expression.Literal(BooleanNode.TRUE);
            case "false" -> new Expression.Literal(BooleanNode.FALSE);
            case "nil" -> new Expression.Literal(NullNode.instance);
            default -> {
                if (!Functions.NAMES.contains(word)) {
                    throw new Refused("there is no function \"" + word + "\"");
                }
                yield new Expression.Call(word, List.of());
            }
        };
    }

    private Expression chain(Expression base) throws Refused {
        List<String> names = new ArrayList<>();
        Expression start = base;
        if (base instanceof Expression.Chain(Expression inner, List<String> first)) {
            start = inner;
            names.addAll(first);
        }
        while (next(Kind.FIELD) && tokens.get(at).joined()) {
            names.add(tokens.get(at++).text());
        }
        if (at < tokens.size() && tokens.get(at).joined() && startsOperand() && !next(Kind.OPEN)) {
            throw new Refused("unexpected \"" + tokens.get(at).text() + "\"");
        }
        return names.isEmpty() ? base : new Expression.Chain(start, names);
    }
}

package ai.kubiya.runner.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Something in an action that has a value. */
sealed interface Expression {
    record Literal(JsonNode value) implements Expression {}

    /** {@code .} where our own range or with has set it. */
    record Dot() implements Expression {}

    /** {@code $}, all arguments. */
    record Root() implements Expression {}

    record Variable(String name) implements Expression {}

    /** {@code base.name.name}. */
    record Chain(Expression base, List<String> names) implements Expression {}

    record Call(String function, List<Expression> arguments) implements Expression {}
}

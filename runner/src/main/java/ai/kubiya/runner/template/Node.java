package ai.kubiya.runner.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a parsed template; {@code offset} is where its action starts. */
sealed interface Node {

    /** Text of the author. */
    record Text(String text) implements Node {}

    /** @param source the action as written, which stays when its fields turn out to be another program's */
    record Output(int offset, Expression expression, String source) implements Node {}

    record Assignment(int offset, String name, boolean declares, Expression expression) implements Node {}

    /** @param variable gets the value inside the branches, or null */
    record If(int offset, @Nullable String variable, Expression condition, List<Node> then, List<Node> otherwise)
            implements Node {}

    record With(int offset, @Nullable String variable, Expression value, List<Node> then, List<Node> otherwise)
            implements Node {}

    record Range(
            int offset,
            @Nullable String key,
            @Nullable String element,
            Expression value,
            List<Node> body,
            List<Node> otherwise)
            implements Node {}

    record Break() implements Node {}

    record Continue() implements Node {}
}

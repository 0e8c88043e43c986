package ai.kubiya.server.policy.expression;

import java.util.List;

/** What became of a text. */
public sealed interface Compilation {
    record Good(Expression expression) implements Compilation {}

    /** At least one problem, in the order of the text. */
    record Bad(List<ExpressionProblem> problems) implements Compilation {
        public Bad {
            problems = List.copyOf(problems);
        }
    }
}

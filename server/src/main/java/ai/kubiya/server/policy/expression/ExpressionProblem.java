package ai.kubiya.server.policy.expression;

/**
 * A mistake in an expression.
 *
 * @param line counted from 1
 * @param column counted from 1
 */
public record ExpressionProblem(int line, int column, String message) {

    /** For answers that have no fields of their own for the place. */
    public String sentence() {
        return "line " + line + ", column " + column + ": " + message;
    }
}

package ai.kubiya.server.policy.expression;

import org.jspecify.annotations.Nullable;

/**
 * An expression has no value for this input. The message is CEL's own and may repeat parts of the input: it is for those
 * who write policies, not for logs and not for those whom policies refuse. {@link #reason} is for everybody.
 */
public final class EvaluationFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why there is no value. */
    public enum Reason {
        MISSING("a field, key or element that it reads is not there"),
        WRONG_TYPE("a value that it reads has another type than it needs"),
        BAD_VALUE("a value that it reads cannot be used as it does"),
        TOO_EXPENSIVE("it takes more steps than a policy may"),
        OTHER("it failed");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private final Reason reason;
    private final transient @Nullable ExpressionProblem problem;

    EvaluationFailure(Reason reason, String message, @Nullable ExpressionProblem problem) {
        super(message);
        this.reason = reason;
        this.problem = problem;
    }

    public Reason reason() {
        return reason;
    }

    /** What was wrong and where, for those who write policies. */
    public ExpressionProblem problem() {
        return problem == null ? new ExpressionProblem(1, 1, String.valueOf(getMessage())) : problem;
    }
}

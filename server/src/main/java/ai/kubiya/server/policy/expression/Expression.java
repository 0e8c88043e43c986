package ai.kubiya.server.policy.expression;

import ai.kubiya.server.policy.expression.EvaluationFailure.Reason;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An expression without mistakes. It can be evaluated by many threads at a time. */
public final class Expression {
    /** How CEL says where an evaluation failed: by the number of characters before. */
    private static final Pattern PLACE = Pattern.compile("evaluation error at [^:]*:(\\d+): (.*)", Pattern.DOTALL);

    private final CelRuntime.Program program;
    private final CelAbstractSyntaxTree tree;
    private final CostPlan costs;

    Expression(CelRuntime.Program program, CelAbstractSyntaxTree tree) {
        this.program = program;
        this.tree = tree;
        this.costs = CostPlan.of(tree.getExpr());
    }

    /** The value of an expression that says yes or no. */
    public boolean isTrue(Map<String, Object> variables, Budget budget) throws EvaluationFailure {
        if (value(variables, budget) instanceof Boolean yes) {
            return yes;
        }
        throw new EvaluationFailure(Reason.WRONG_TYPE, "the value is neither true nor false", null);
    }

    /** The value of an expression that makes a text. */
    public String text(Map<String, Object> variables, Budget budget) throws EvaluationFailure {
        if (value(variables, budget) instanceof String text) {
            return text;
        }
        throw new EvaluationFailure(Reason.WRONG_TYPE, "the value is not a string", null);
    }

    private Object value(Map<String, Object> variables, Budget budget) throws EvaluationFailure {
        CostMeter meter = new CostMeter(costs, budget.forNext());
        try {
            return program.trace(variables, meter);
        } catch (CostMeter.Spent e) {
            throw new EvaluationFailure(
                    Reason.TOO_EXPENSIVE, "with this input it takes more steps than a policy may", null);
        } catch (CelEvaluationException e) {
            throw failure(e);
        } catch (RuntimeException | StackOverflowError e) {
            throw new EvaluationFailure(
                    Reason.OTHER, "it failed with " + e.getClass().getSimpleName(), null);
        } finally {
            budget.spend(meter.spent());
        }
    }

    private EvaluationFailure failure(CelEvaluationException failure) {
        Reason reason = switch (failure.getErrorCode()) {
            case ATTRIBUTE_NOT_FOUND, INDEX_OUT_OF_BOUNDS -> Reason.MISSING;
            case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD, TYPE_NOT_FOUND -> Reason.WRONG_TYPE;
            case DIVIDE_BY_ZERO, INVALID_ARGUMENT, NUMERIC_OVERFLOW, BAD_FORMAT, DUPLICATE_ATTRIBUTE ->
                Reason.BAD_VALUE;
            case ITERATION_BUDGET_EXCEEDED -> Reason.TOO_EXPENSIVE;
            case INTERNAL_ERROR -> Reason.OTHER;
        };
        String message = String.valueOf(failure.getMessage());
        Matcher place = PLACE.matcher(message);
        return place.matches()
                ? new EvaluationFailure(reason, place.group(2), at(Integer.parseInt(place.group(1)), place.group(2)))
                : new EvaluationFailure(reason, message, null);
    }

    private @Nullable ExpressionProblem at(int offset, String message) {
        return tree.getSource()
                .getOffsetLocation(offset)
                .map(location -> new ExpressionProblem(location.getLine(), location.getColumn() + 1, message))
                .orElse(null);
    }
}

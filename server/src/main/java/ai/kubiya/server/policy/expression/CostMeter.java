package ai.kubiya.server.policy.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the steps of one evaluation and ends it when they are too many. CEL has no endless expressions, but a few nested
 * macros over a long text are as good as endless; its own limit on iterations knows nothing of what an iteration costs.
 *
 * <p>An operation is paid for before it begins, by the sizes of what it is given; a value that is made of others weighs what
 * they weigh together, however often one of them is in it.
 */
final class CostMeter implements CelEvaluationListener {
    /** Characters, or elements of a list, that one step copies, compares or looks through. */
    private static final int CHARACTERS = 16;
    /** A matcher looks at each character with each instruction of its pattern. */
    private static final int MATCHES = 4;

    private static final int LONGEST_PATTERN = 2_000;
    /** Converting looks at a text more than once. */
    private static final int LONGEST_CONVERTED = 200;
    /** Of an exception that {@code ||} or {@code &&} makes light of; it tells nobody else. */
    private static final int FAILURE = 2_000;

    /** Weighing anew takes less than remembering. */
    private static final int LIGHT = 32;

    private final CostPlan plan;
    private final long most;
    private final @Nullable Object[] values;
    /** Operations that have begun and not ended, by the id of their part. */
    private final boolean[] begun;

    private final IdentityHashMap<Object, Long> weights = new IdentityHashMap<>();
    private long spent;

    CostMeter(CostPlan plan, long most) {
        this.plan = plan;
        this.most = most;
        this.values = new Object[plan.size()];
        this.begun = new boolean[plan.size()];
    }

    /** Too many steps. An Error, because {@code ||} and {@code &&} make light of every exception. */
    static final class Spent extends Error {
        private static final long serialVersionUID = 1L;

        Spent() {
            super("too many steps", null, false, false);
        }
    }

    /** Also beyond what was allowed. */
    long spent() {
        return spent;
    }

    /** Called with the value of each part of the expression, as often as it is evaluated to one. */
    @Override
    public void callback(CelExpr part, Object value) {
        int id = (int) part.id();
        spend(1);
        values[id] = value;
        begun[id] = false;
        CostPlan.Operation forgiving = plan.forgiving(id);
        if (forgiving != null) {
            spend(forgiven(forgiving));
        }
        switch (part.exprKind().getKind()) {
            case LIST, MAP, COMPREHENSION -> spend(weight(value));
            case NOT_SET, CONSTANT, IDENT, SELECT, CALL, STRUCT -> {}
        }
        CostPlan.Operation next = plan.after(id);
        if (next != null) {
            // One that begins again and has not ended has failed, within something that made light of it.
            spend(begun[next.id()] ? FAILURE + cost(next) : cost(next));
            begun[next.id()] = true;
        }
    }

    /** For operands that were evaluated and have no value. They begin anew without any. */
    private long forgiven(CostPlan.Operation operation) {
        boolean decisive = operation.function().equals("_||_");
        long cost = 0;
        for (int operand : operation.operands()) {
            Object value = values[operand];
            values[operand] = null;
            if (value == null) {
                cost += FAILURE;
            } else if (value instanceof Boolean answer && answer == decisive) {
                break;
            }
        }
        return cost;
    }

    private void spend(long steps) {
        spent += steps;
        if (spent > most) {
            throw new Spent();
        }
    }

    private long cost(CostPlan.Operation operation) {
        Object first = values[operation.operands().getFirst()];
        Object last = values[operation.operands().getLast()];
        return switch (operation.function()) {
            case "", "_[_]", "!_", "type", "dyn" -> 0;
            case "matches" -> matching(first, last);
            case "size" -> first instanceof String ? length(first) / CHARACTERS : 0;
            case "contains" -> length(first) * length(last) / CHARACTERS;
            case "int", "uint", "double", "bool", "duration", "timestamp" ->
                length(first) > LONGEST_CONVERTED ? most : length(first);
            case "_+_" -> (length(first) + length(last)) / CHARACTERS;
            case "@in", "in" -> last instanceof Map ? weight(first) : weight(first) + weight(last);
            default ->
                operation.operands().stream()
                        .mapToLong(operand -> weight(values[operand]))
                        .sum();
        };
    }

    private long matching(@Nullable Object text, @Nullable Object pattern) {
        if (!(pattern instanceof String written)) {
            return 1;
        }
        if (written.length() > LONGEST_PATTERN) {
            return most;
        }
        try {
            int instructions = Pattern.compile(written).programSize();
            return instructions + length(text) * instructions / MATCHES;
        } catch (PatternSyntaxException e) {
            return 1;
        }
    }

    private static long length(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length();
            case CelByteString bytes -> bytes.size();
            case List<?> list -> list.size();
            case null, default -> 1;
        };
    }

    /** How much there is to look through; more than is allowed need not be known exactly. */
    private long weight(@Nullable Object value) {
        return switch (value) {
            case String _, CelByteString _ -> 1 + length(value) / CHARACTERS;
            case List<?> list -> known(list, list);
            case Map<?, ?> map -> known(map, map.entrySet());
            case Map.Entry<?, ?> entry -> weight(entry.getKey()) + weight(entry.getValue());
            case null, default -> 1;
        };
    }

    private long known(Object whole, Collection<?> parts) {
        Long known = weights.get(whole);
        if (known != null) {
            return known;
        }
        long sum = 1;
        for (Object part : parts) {
            sum += weight(part);
            if (sum > most) {
                break;
            }
        }
        if (sum > LIGHT) {
            weights.put(whole, sum);
        }
        return sum;
    }
}

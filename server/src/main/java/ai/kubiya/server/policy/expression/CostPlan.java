package ai.kubiya.server.policy.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which operation of an expression follows on which of its parts: once an operation's last operand is known, so is what it
 * will cost, before it begins.
 */
final class CostPlan {
    /** These make light of an operand that fails. */
    private static final Set<String> FORGIVING = Set.of("_&&_", "_||_", "@not_strictly_false");
    /** Its operands are not all evaluated. */
    private static final String CHOICE = "_?_:_";

    private final Map<Long, Operation> following = new HashMap<>();
    private final Map<Long, Operation> forgiving = new HashMap<>();
    private int most;

    /**
     * An operation.
     *
     * @param id of the part of the expression that it is
     * @param function its name; empty when a field is read
     * @param operands ids of the parts whose values it takes, in their order
     */
    record Operation(int id, String function, List<Integer> operands) {}

    static CostPlan of(CelExpr root) {
        CostPlan plan = new CostPlan();
        Parts.of(root).forEach(plan::add);
        return plan;
    }

    private void add(CelExpr part) {
        most = Math.max(most, id(part));
        List<CelExpr> operands = new ArrayList<>();
        if (part.exprKind().getKind() == Kind.SELECT) {
            operands.add(part.select().operand());
        } else if (part.exprKind().getKind() == Kind.CALL
                && !part.call().function().equals(CHOICE)) {
            part.call().target().ifPresent(operands::add);
            operands.addAll(part.call().args());
        }
        if (operands.isEmpty()) {
            return;
        }
        String function = part.exprKind().getKind() == Kind.CALL ? part.call().function() : "";
        Operation operation = new Operation(
                id(part), function, operands.stream().map(CostPlan::id).toList());
        if (FORGIVING.contains(function)) {
            forgiving.put(part.id(), operation);
        } else {
            following.put(operands.getLast().id(), operation);
        }
    }

    private static int id(CelExpr part) {
        return Math.toIntExact(part.id());
    }

    /** Ids are smaller than this. */
    int size() {
        return most + 1;
    }

    /** The operation that comes next when the part of this id was the last operand of one. */
    @Nullable
    Operation after(long id) {
        return following.get(id);
    }

    /** The operation that the part of this id is, when it makes light of failures. */
    @Nullable
    Operation forgiving(long id) {
        return forgiving.get(id);
    }
}

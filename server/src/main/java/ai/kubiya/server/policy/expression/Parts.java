package ai.kubiya.server.policy.expression;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;

/** The parts of an expression. */
final class Parts {
    private Parts() {}

    /** All of them, the whole first; what macros stand for included. */
    static List<CelExpr> of(CelExpr root) {
        List<CelExpr> found = new ArrayList<>();
        add(root, found);
        return found;
    }

    private static void add(CelExpr part, List<CelExpr> found) {
        found.add(part);
        switch (part.exprKind().getKind()) {
            case SELECT -> add(part.select().operand(), found);
            case CALL -> {
                part.call().target().ifPresent(target -> add(target, found));
                part.call().args().forEach(argument -> add(argument, found));
            }
            case LIST -> part.list().elements().forEach(element -> add(element, found));
            case MAP ->
                part.map().entries().forEach(entry -> {
                    add(entry.key(), found);
                    add(entry.value(), found);
                });
            case STRUCT -> part.struct().entries().forEach(entry -> add(entry.value(), found));
            case COMPREHENSION -> {
                CelExpr.CelComprehension loop = part.comprehension();
                add(loop.iterRange(), found);
                add(loop.accuInit(), found);
                add(loop.loopCondition(), found);
                add(loop.loopStep(), found);
                add(loop.result(), found);
            }
            case NOT_SET, CONSTANT, IDENT -> {}
        }
    }
}

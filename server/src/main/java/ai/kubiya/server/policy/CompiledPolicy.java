package ai.kubiya.server.policy;

import ai.kubiya.server.policy.PolicyVerdict.Outcome;
import ai.kubiya.server.policy.expression.Budget;
import ai.kubiya.server.policy.expression.Compilation;
import ai.kubiya.server.policy.expression.EvaluationFailure;
import ai.kubiya.server.policy.expression.Expression;
import ai.kubiya.server.policy.expression.ExpressionCompiler;
import ai.kubiya.server.policy.expression.ExpressionCompiler.Use;
import ai.kubiya.server.policy.expression.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A policy that can be asked. */
final class CompiledPolicy {
    private final Policy policy;
    private final @Nullable Expression match;
    private final @Nullable Expression expression;
    private final @Nullable Expression message;
    private final List<PolicyProblem> problems;

    private CompiledPolicy(Policy policy, ExpressionCompiler compiler) {
        this.policy = policy;
        PolicyDefinition definition = policy.definition();
        Set<Variable> variables = PolicyPoint.variables(definition.appliesTo());
        List<PolicyProblem> found = new ArrayList<>();
        Reader reader = (field, text, use) -> {
            if (text.isBlank()) {
                return null;
            }
            return switch (compiler.compile(text, use, variables)) {
                case Compilation.Good(Expression good) -> good;
                case Compilation.Bad(var bad) -> {
                    bad.forEach(problem -> found.add(new PolicyProblem(field, problem)));
                    yield null;
                }
            };
        };
        match = reader.read(PolicyDefinition.MATCH, definition.match(), Use.CONDITION);
        expression = reader.read(PolicyDefinition.EXPRESSION, definition.expression(), Use.CONDITION);
        message = reader.read(PolicyDefinition.MESSAGE_EXPRESSION, definition.messageExpression(), Use.MESSAGE);
        problems = List.copyOf(found);
    }

    private interface Reader {
        @Nullable
        Expression read(String field, String text, Use use);
    }

    /** Also of a policy with mistakes: it can be asked, and has no answer. */
    static CompiledPolicy of(Policy policy, ExpressionCompiler compiler) {
        return new CompiledPolicy(policy, compiler);
    }

    Policy policy() {
        return policy;
    }

    List<PolicyProblem> problems() {
        return problems;
    }

    /** Applies the policy to what is about to happen. */
    PolicyVerdict judge(Map<String, Object> variables, Budget budget) {
        long before = budget.spent();
        if (!problems.isEmpty() || expression == null) {
            // It was without mistakes when it was saved; variables may have gone since.
            return PolicyVerdict.broken(policy, problems);
        }
        String field = PolicyDefinition.MATCH;
        try {
            if (match != null && !match.isTrue(variables, budget)) {
                return PolicyVerdict.of(policy, Outcome.NOT_CONCERNED, "", budget.spent() - before);
            }
            field = PolicyDefinition.EXPRESSION;
            if (expression.isTrue(variables, budget)) {
                return PolicyVerdict.of(policy, Outcome.PASSED, "", budget.spent() - before);
            }
            return PolicyVerdict.of(policy, Outcome.FAILED, message(variables, budget), budget.spent() - before);
        } catch (EvaluationFailure e) {
            return PolicyVerdict.failure(policy, field, e, budget.spent() - before);
        }
    }

    /** A message that cannot be made does not change the decision. */
    private String message(Map<String, Object> variables, Budget budget) {
        if (message != null) {
            try {
                String made = message.text(variables, budget).strip();
                if (!made.isEmpty() && made.length() <= PolicyDefinition.LONGEST_MESSAGE) {
                    return made;
                }
            } catch (EvaluationFailure e) {
                return policy.definition().message();
            }
        }
        return policy.definition().message();
    }
}

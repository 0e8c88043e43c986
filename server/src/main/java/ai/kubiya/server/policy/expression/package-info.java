/**
 * The language that policies are written in: CEL over the variables of {@link
 * ai.kubiya.server.policy.expression.Variable}. {@link ai.kubiya.server.policy.expression.ExpressionCompiler} checks types
 * and says where a mistake is; an {@link ai.kubiya.server.policy.expression.Expression} is evaluated within a {@link
 * ai.kubiya.server.policy.expression.Budget}. What must stay true: no expression and no input makes an evaluation endless.
 */
@NullMarked
package ai.kubiya.server.policy.expression;

import org.jspecify.annotations.NullMarked;
